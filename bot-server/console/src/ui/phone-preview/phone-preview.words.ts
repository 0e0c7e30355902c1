import { dictionary } from '@suiban/shared/text';

export const phoneWords = dictionary(
  {
    'wechat-mini': '微信 · 服务通知',
    wecom: '企业微信 · 应用消息',
    sms: '短信',
    inbox: '站内 · 消息中心',
    open: '进入小程序查看',
    now: '刚刚',
    segments: '按 {count} 条短信计费',
    preview: '{channel}预览',
    submit: '提交',
    blank: '（内容待填写）',
    why: '为什么收到',
  },
  {
    'wechat-mini': 'WeChat · service notice',
    wecom: 'WeCom · application message',
    sms: 'SMS',
    inbox: 'Message centre',
    open: 'Open the mini-program',
    now: 'now',
    segments: 'charged as {count} messages',
    preview: 'Preview: {channel}',
    submit: 'Submit',
    blank: '(content to be written)',
    why: 'Why did I get this',
  },
);
