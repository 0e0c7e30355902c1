import { type ErrorTable, explainFrom } from '../platform-answer';
import { wechatErrors } from '../wechat-errors';

/**
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html (read 2026-11)
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/cityservice/basic/api_cityservice_sendmsgdata.html (read 2026-11)
 */
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
  '82020': [
    'permanent',
    '本人没有关注公众号，也没有在城市服务里办过事',
    'No follower, and never came through the city services',
    '换渠道，或请本人关注公众号',
    'Use another channel, or ask the person to follow the account',
  ],
  '82021': [
    'permanent',
    '本人没有关注公众号，近 30 天也没有在城市服务里办过事',
    'No follower, and not seen in the city services for 30 days',
    '换渠道，或请本人关注公众号',
    'Use another channel, or ask the person to follow the account',
  ],
  '82022': [
    'quota',
    '本人没有关注公众号，30 天内已通知 10 次',
    'No follower, and notified ten times in 30 days',
    '换渠道，或请本人关注公众号',
    'Use another channel, or ask the person to follow the account',
  ],
  '82023': [
    'quota',
    '本人没有关注公众号，1 小时内已通知 5 次',
    'No follower, and notified five times within the hour',
    '一小时后再发',
    'Send it in an hour',
  ],
  '82024': ['permanent', '办件编号异常', 'Wrong order number', '每个办件使用自己的编号', 'Give every matter a number of its own'],
  '82025': ['permanent', '跳转地址无效', 'Invalid address', '请系统管理员检查地址', 'Check the address'],
  '82026': [
    'permanent',
    '城市服务已下线，或审核超过 30 天',
    'The city service is off, or under review for over 30 days',
    '请系统管理员在城市服务后台查看',
    'Check the service at WeChat',
  ],
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
