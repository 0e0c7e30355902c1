export default definePageConfig({ navigationBarTitleText: '随办' });
