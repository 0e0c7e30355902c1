import { type ErrorTable, explainFrom } from '../platform-answer';
import { wechatErrors } from '../wechat-errors';

const again = ['稍后会自动再试', 'Tried again by itself'] as const;
const admin = ['请系统管理员检查', 'Ask the system administrator'] as const;
const otherChannel = ['换渠道，或请经办人关注公众号', 'Use another channel, or ask the agent to follow the account'] as const;

/**
 * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage.html (read 2026-11)
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html (read 2026-11)
 * @see https://developers.weixin.qq.com/doc/service/Publish/Publish.html (read 2026-11)
 */
const table: ErrorTable = {
  ...wechatErrors({ zh: '公众号', en: 'Official Account' }),
  '40003': ['permanent', '接收人的微信标识无效', 'Invalid openid', ...otherChannel],
  '40165': ['permanent', '跳转页面不存在', 'No such page', '请系统管理员检查小程序版本', 'Check the released version'],
  '43004': ['permanent', '经办人没有关注公众号', 'Not a follower', ...otherChannel],
  '43019': ['permanent', '经办人在公众号的黑名单里', 'On the black list of the account', '换渠道', 'Use another channel'],
  '48002': ['permanent', '经办人拒收公众号消息', 'The person refuses messages', '换渠道', 'Use another channel'],
  '43101': ['permanent', '经办人拒收这种消息', 'The person refuses this message', '换渠道', 'Use another channel'],
  '45168': ['permanent', '内容含有敏感词', 'Sensitive words', '修改内容后重新送审', 'Change the content'],
  'user-block': ['permanent', '经办人屏蔽了公众号消息', 'The person blocks messages of the account', '换渠道', 'Use another channel'],
  'system-failed': [
    'permanent',
    '微信没有送达',
    'WeChat could not deliver it',
    '换渠道，或改日重发',
    'Use another channel, or try another day',
  ],
  '40007': ['permanent', '素材不存在', 'No such media', ...admin],
  '44004': ['permanent', '内容为空', 'Empty content', ...admin],
  '45002': ['permanent', '内容过长', 'Content too long', '缩短内容', 'Shorten the content'],
  '45008': ['permanent', '图文条数过多', 'Too many articles', ...admin],
  '45015': [
    'permanent',
    '对方超过 48 小时没有说话，或已取消关注',
    'Silent for more than 48 hours, or no follower any more',
    '等对方再次说话后回复，或改用模板消息',
    'Wait until the person writes again, or send a template message',
  ],
  '45047': [
    'quota',
    '对方回复前可发的条数已用完',
    'No more messages until the person answers',
    '等对方再次说话后回复',
    'Wait until the person writes again',
  ],
  '45028': ['quota', '群发次数已用完', 'No mass message left', '次日或下月再发', 'Send it another day'],
  '45065': ['permanent', '这次群发已经提交过', 'This mass message was sent before', '查看原来那次群发的结果', 'Look at the first one'],
  '45066': ['transient', '群发重试过快', 'Retried too fast', ...again],
  '45067': ['permanent', '群发编号过长', 'The key of the mass message is too long', ...admin],
  '40130': ['permanent', '名单人数不合规', 'Wrong number of people', '名单为 2 至 10000 人', 'Name 2 to 10,000 people'],
  '53503': ['permanent', '草稿未通过发布检查', 'The draft did not pass the check', '修改草稿后再发布', 'Change the draft'],
  '53504': ['permanent', '这份草稿只能在公众平台里发布', 'Only to be published by hand', '到公众平台发布', 'Publish it at WeChat'],
  '53505': ['permanent', '草稿尚未保存', 'The draft is not saved', '到公众平台保存草稿后再发布', 'Save the draft at WeChat first'],
  'publish-2': ['permanent', '原创声明未通过', 'Not taken as original', '修改声明或文章后再发布', 'Change the statement or the article'],
  'publish-3': ['permanent', '发布失败', 'Publishing failed', '检查草稿后再发布', 'Check the draft, then publish it again'],
  'publish-4': ['permanent', '微信审核不通过', 'Refused by the review', '修改文章后再发布', 'Change the article'],
  'publish-5': ['permanent', '发布后文章已被删除', 'Deleted after publishing', '需要时重新发布', 'Publish it again if needed'],
  'publish-6': ['permanent', '发布后文章已被微信封禁', 'Banned after publishing', '到公众平台申诉', 'Appeal at WeChat'],
  '40016': ['permanent', '菜单条数不合规', 'Wrong number of menu entries', ...admin],
  '40017': ['permanent', '菜单类型不合规', 'Wrong kind of menu entry', ...admin],
  '40018': ['permanent', '菜单名称过长', 'Menu label too long', '缩短菜单名称', 'Shorten the label'],
  '40019': ['permanent', '菜单标识过长', 'Menu key too long', ...admin],
  '40020': ['permanent', '菜单网址不合规', 'Wrong menu address', ...admin],
  '40023': ['permanent', '下级菜单条数不合规', 'Wrong number of entries below', ...admin],
  '40025': ['permanent', '下级菜单名称过长', 'Label below too long', '缩短菜单名称', 'Shorten the label'],
  '40026': ['permanent', '下级菜单标识过长', 'Key below too long', ...admin],
  '40027': ['permanent', '下级菜单网址不合规', 'Wrong address below', ...admin],
};

/** This person cannot be reached by this account any more. */
export const goneCodes = ['40003', '43004', '43019'];

export const explain = explainFrom(table);
