import { type ErrorTable, explainFrom } from '../platform-answer';
import { wechatErrors } from '../wechat-errors';

/** @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html (read 2026-11) */
const table: ErrorTable = {
  ...wechatErrors({ zh: '小程序', en: 'mini-program' }),
  '40003': [
    'permanent',
    '接收人的微信标识无效',
    'Invalid openid',
    '请经办人重新登录小程序，或换渠道',
    'Ask the agent to sign in again, or use another channel',
  ],
  '40097': ['permanent', '参数不合规', 'Invalid arguments', '请系统管理员检查', 'Ask the system administrator'],
  '40129': ['permanent', '场景值不合规', 'Invalid scene', '请系统管理员检查', 'Ask the system administrator'],
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
  '44991': ['quota', '内容检测过于频繁', 'Content is checked too often', '稍后会自动再试', 'Tried again by itself'],
  '45168': ['permanent', '内容含有敏感词', 'Sensitive words', '修改内容后重新送审', 'Change the content'],
  '61010': [
    'permanent',
    '本人近两小时没有打开小程序，微信不检测其内容',
    'The person has not opened the mini-program for two hours',
    '请人工查看内容',
    'Look at the content by hand',
  ],
};

/** `user refuse to accept the msg`: our figure of credits was too high. */
export const noCreditCode = '43101';

export const explain = explainFrom(table);
