import { type ErrorTable, explainFrom } from '../platform-answer';

/**
 * What the error codes of message/send and gettoken mean for a delivery.
 * @see https://developer.work.weixin.qq.com/document/path/90313 (read 2026-11)
 */
export const wecomErrors: ErrorTable = {
  '-1': ['transient', '企业微信系统繁忙', 'WeCom is busy', '稍后会自动再试', 'Tried again by itself'],
  '40001': [
    'auth',
    '应用密钥不正确或应用已停用',
    'Wrong secret, or the app is off',
    '请系统管理员检查企业微信应用的密钥',
    'Check the secret of the WeCom app',
  ],
  '40013': ['auth', '企业编号不正确', 'Wrong corp id', '请系统管理员检查企业编号', 'Check the corp id'],
  '40014': ['auth', '访问凭证失效', 'Invalid access token', '稍后会自动再试；多次出现请系统管理员检查', 'Tried again by itself'],
  '42001': ['auth', '访问凭证过期', 'Expired access token', '稍后会自动再试；多次出现请系统管理员检查', 'Tried again by itself'],
  '40056': ['auth', '应用编号不正确', 'Wrong agent id', '请系统管理员检查应用编号', 'Check the agent id'],
  '41011': ['permanent', '缺少应用编号', 'Missing agent id', '请系统管理员检查应用编号', 'Check the agent id'],
  '60020': [
    'auth',
    '本服务的地址不在应用的可信名单内',
    'Our address is not trusted by the app',
    '请系统管理员在企业微信后台登记服务器地址',
    'Register the server address in WeCom',
  ],
  '40058': ['permanent', '内容过长或格式不符', 'Too long or malformed', '修改内容后重新送审', 'Change the content'],
  '60011': [
    'permanent',
    '接收人不在应用可见范围内',
    'Outside the visible range of the app',
    '请该企业把应用的可见范围加上此人，或换渠道',
    'Widen the visible range, or use another channel',
  ],
  '60111': [
    'permanent',
    '企业微信中没有这个成员',
    'No such member',
    '核对经办人的企业微信账号，或换渠道',
    'Check the userid, or use another channel',
  ],
  '81013': [
    'permanent',
    '接收人全部无效',
    'No valid recipient',
    '核对经办人的企业微信账号，或换渠道',
    'Check the userid, or use another channel',
  ],
  '82001': ['permanent', '没有接收人', 'No recipient', '核对经办人的企业微信账号', 'Check the userid'],
  unlicensed: [
    'permanent',
    '成员没有企业微信接口许可',
    'The member has no licence',
    '请该企业为成员开通许可，或换渠道',
    'Give the member a licence, or use another channel',
  ],
  'not-linked': [
    'permanent',
    '该企业没有加入本市的上下游',
    'The corp is not joined',
    '请该企业加入上下游，或换渠道',
    'Join the corp, or use another channel',
  ],
  '45009': ['quota', '调用频次超过平台上限', 'Over the frequency limit', '稍后会自动再试', 'Tried again by itself'],
  '45033': ['transient', '并发超过平台上限', 'Over the concurrency limit', '稍后会自动再试', 'Tried again by itself'],
};

/** The token is no use any more: fetch a new one and try once more. */
export const tokenFaults = new Set(['40014', '42001', '40001']);

export const explain = explainFrom(wecomErrors);
