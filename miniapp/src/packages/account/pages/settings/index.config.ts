export default definePageConfig({ navigationBarTitleText: '设置与消息订阅' });
