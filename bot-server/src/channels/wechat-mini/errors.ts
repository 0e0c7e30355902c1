import { type ErrorTable, explainFrom } from '../platform-answer';

/** @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html (read 2026-11) */
export const wechatMiniErrors: ErrorTable = {
  '-1': ['transient', '微信系统繁忙', 'WeChat is busy', '稍后会自动再试', 'Tried again by itself'],
  '40001': ['auth', '访问凭证失效', 'Invalid access token', '稍后会自动再试；多次出现请系统管理员检查小程序密钥', 'Tried again by itself'],
  '40013': ['auth', '小程序编号不正确', 'Wrong app id', '请系统管理员检查小程序编号', 'Check the app id'],
  '40014': ['auth', '访问凭证失效', 'Invalid access token', '稍后会自动再试', 'Tried again by itself'],
  '40125': ['auth', '小程序密钥不正确', 'Wrong app secret', '请系统管理员检查小程序密钥', 'Check the app secret'],
  '40164': [
    'auth',
    '本服务的地址不在微信的白名单内',
    'Our address is not on the allow-list',
    '请系统管理员在微信后台登记服务器地址',
    'Register the server address',
  ],
  '40243': ['auth', '小程序密钥已冻结', 'The app secret is frozen', '请系统管理员在微信后台解冻', 'Unfreeze the secret'],
  '42001': ['auth', '访问凭证过期', 'Expired access token', '稍后会自动再试', 'Tried again by itself'],
  '40003': [
    'permanent',
    '接收人的微信标识无效',
    'Invalid openid',
    '请经办人重新登录小程序，或换渠道',
    'Ask the agent to sign in again, or use another channel',
  ],
  '40037': ['permanent', '消息模板不存在', 'No such template', '在送审稿里换一个模板', 'Choose another template'],
  '41030': ['permanent', '跳转页面不存在', 'No such page', '请系统管理员检查小程序版本', 'Check the released version'],
  '43101': [
    'permanent',
    '经办人没有订阅，或可发次数已用完',
    'Not subscribed, or the credits are used up',
    '换渠道，或请经办人在小程序里再订阅一次',
    'Use another channel, or ask for a new subscription',
  ],
  '43107': [
    'permanent',
    '消息能力或模板已被封禁',
    'The template or capability is banned',
    '请系统管理员在微信后台申诉',
    'Appeal at WeChat',
  ],
  '43108': ['transient', '同一个人同时收到多条', 'Concurrent sends to one person', '稍后会自动再试', 'Tried again by itself'],
  '45009': ['quota', '调用次数超过当日上限', 'Over the daily limit', '稍后会自动再试，或改日重发', 'Tried again by itself'],
  '45011': ['quota', '调用频率过高', 'Too frequent', '稍后会自动再试', 'Tried again by itself'],
  '45168': ['permanent', '内容含有敏感词', 'Sensitive words', '修改内容后重新送审', 'Change the content'],
  '47001': ['permanent', '内容格式不符', 'Malformed content', '请系统管理员检查', 'Ask the system administrator'],
  '47003': ['permanent', '有字段不符合模板要求', 'A field does not fit the template', '按字段要求修改后重新送审', 'Change the field'],
  '48001': ['permanent', '小程序没有这项权限', 'No permission', '请系统管理员在微信后台开通', 'Enable it at WeChat'],
};

export const tokenFaults = new Set(['40001', '40014', '42001']);

/** `user refuse to accept the msg`: our figure of credits was too high. */
export const noCreditCode = '43101';

export const explain = explainFrom(wechatMiniErrors);
