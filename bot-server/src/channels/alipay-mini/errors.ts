import type { Explanation } from '../channel';
import { type ErrorTable, explainFrom } from '../platform-answer';

const askAdmin: readonly [string, string] = ['请系统管理员检查支付宝应用设置', 'Check the settings of the app'];
const changeContent: readonly [string, string] = ['按模板要求修改后重新送审', 'Change the content and submit it again'];
const otherChannel: readonly [string, string] = [
  '换渠道，或请经办人在小程序里再订阅一次',
  'Use another channel, or ask for a new subscription',
];
const byItself: readonly [string, string] = ['稍后会自动再试', 'Tried again by itself'];

/**
 * `sub_code`: `isv.*` our fault, `isp.*` the platform's, `aop.*` gateway and tokens, the rest the message's own.
 * @see https://opendocs.alipay.com/common/02km9f and https://opendocs.alipay.com/mini/02cth2 (read 2026-11)
 */
export const alipayErrors: ErrorTable = {
  'isp.unknow-error': ['unknown', '支付宝内部出错', 'Alipay failed inside', '到支付宝后台核对后在名单里核实结果', 'Check at Alipay'],
  'aop.unknow-error': ['unknown', '支付宝网关出错', 'The gateway failed', '到支付宝后台核对后在名单里核实结果', 'Check at Alipay'],
  'bad-signature': [
    'unknown',
    '支付宝的答复验签不通过',
    'The answer carries no valid signature',
    '请系统管理员核对支付宝公钥，再到后台核实结果',
    'Check the public key of Alipay, then the result',
  ],
  'isv.app-call-limited': ['quota', '应用调用次数超限', 'Over the limit of the app', ...byItself],
  'isv.method-call-limited': ['quota', '接口调用次数超限', 'Over the limit of the method', ...byItself],
  'isv.invalid-signature': [
    'auth',
    '支付宝认为我方签名不对',
    'Our signature is refused',
    '请系统管理员核对应用私钥',
    'Check the app private key',
  ],
  'isv.invalid-parameter': ['permanent', '请求参数不合规', 'A parameter is refused', ...askAdmin],
  'isv.missing-signature-config': ['auth', '支付宝后台没有登记应用公钥', 'No app public key is registered', ...askAdmin],
  'isv.invalid-app-id': ['auth', '应用编号不正确', 'Wrong app id', ...askAdmin],
  'isv.invalid-timestamp': ['auth', '服务器时间不准', 'Our clock is wrong', '请系统管理员校准服务器时间', 'Set the server clock right'],
  'isv.ip-forbidden': ['auth', '本服务的地址不在支付宝的白名单内', 'Our address is not on the allow-list', ...askAdmin],
  'isv.insufficient-isv-permissions': ['auth', '应用没有开通消息能力', 'The app lacks the permission', ...askAdmin],
  'aop.invalid-app-auth-token': ['auth', '应用授权失效', 'The authorisation is no longer valid', ...askAdmin],
  MESSAGE_SEND_AUTH_ERROR: ['auth', '应用没有发送这类消息的权限', 'The app may not send these messages', ...askAdmin],
  APP_NO_AVAIABLE: ['auth', '小程序未上线或已下架', 'The mini-program is not online', ...askAdmin],
  USER_ID_INVALID: [
    'permanent',
    '接收人的支付宝标识无效',
    'Invalid open id',
    '请经办人重新登录小程序，或换渠道',
    'Ask the agent to sign in again, or use another channel',
  ],
  MSG_UNSUBSCRIBED: ['permanent', '经办人没有订阅，或可发次数已用完', 'Not subscribed, or the credits are used up', ...otherChannel],
  MSG_UNAUTHORIZED: ['permanent', '经办人没有授权接收消息', 'The person has not allowed messages', ...otherChannel],
  MSG_REJECTED: ['permanent', '经办人拒收这类消息', 'The person refuses these messages', ...otherChannel],
  MSG_CONTENT_NOT_INTERESTED: ['permanent', '经办人对这类消息选择了不感兴趣', 'The person is not interested', ...otherChannel],
  MSG_SINGLE_SD_OVER: [
    'permanent',
    '这个人今天收到的消息已达上限',
    'Over the daily limit of this person',
    '改日重发，或换渠道',
    'Send another day',
  ],
  NO_RECENT_VISIT_RECORD: ['permanent', '这个人近期没有打开过小程序', 'No recent visit of this person', ...otherChannel],
  NO_PLACE_ORDER_RECORD: ['permanent', '这个人没有相应的订单', 'No order of this person', ...otherChannel],
  QUERY_CONSUMER_REQEUST_ERROR: ['transient', '支付宝查询接收人失败', 'Alipay could not look the person up', ...byItself],
  USER_TEMPLATE_ILLEGAL: ['permanent', '消息模板不存在或不可用', 'No such template', '在送审稿里换一个模板', 'Choose another template'],
  TEMPLATE_ILLEGAL: ['permanent', '消息模板不合规', 'The template is not allowed', '在送审稿里换一个模板', 'Choose another template'],
  USER_TEMPLATE_STATUS_ILLEGAL: ['permanent', '消息模板未启用', 'The template is not in use', ...askAdmin],
  USER_TEMPLATE_LACK_KEYWORD: ['permanent', '模板的字段没有填全', 'A field of the template is missing', ...changeContent],
  MESSAGE_TEMPLATE_KEYWORD_ILLEGAL: ['permanent', '模板字段不合规', 'A field is not allowed', ...changeContent],
  USER_KEYWORD_LENGTH_ERROR: ['permanent', '有字段超过 50 个字', 'A field is too long', ...changeContent],
  DATA_IS_EMPTY: ['permanent', '消息内容为空', 'The message is empty', ...changeContent],
  DATA_SENSITIVE: ['permanent', '内容含有敏感词', 'Sensitive words', ...changeContent],
  DATA_CONTENT_FORMAT_ERROR: ['permanent', '内容格式不符', 'Malformed content', ...askAdmin],
  BIZ_CONTENT_FORMAT_ERROR: ['permanent', '请求格式不符', 'Malformed request', ...askAdmin],
  FORM_ID_SEND_LIMIT: ['permanent', '旧式表单的发送次数已用完', 'The form allows no more messages', ...otherChannel],
  FORM_ID_INVALID: ['permanent', '旧式表单编号无效', 'Invalid form id', ...askAdmin],
  FORM_ID_OVER_TIME: ['permanent', '旧式表单编号已过期', 'The form id has expired', ...otherChannel],
  FORM_ID_NOT_MATCH_APPID: ['permanent', '表单编号不属于本应用', 'The form id is of another app', ...askAdmin],
  TRADE_NO_NOT_MATCH_USERID: ['permanent', '交易与接收人不符', 'The trade is another person’s', ...askAdmin],
  PAGE_OVER_LIMIT: ['permanent', '跳转页面地址过长', 'The page address is too long', ...askAdmin],
};

/** Alipay says nothing of what is left: this one tells that our figure of credits was too high (for one-time templates unconfirmed). */
export const noCreditCode = 'MSG_UNSUBSCRIBED';

const known = explainFrom(alipayErrors);

/** Faults of the platform that no table names leave it open whether the message went out. */
export function explain(code: string): Explanation {
  return known(code.startsWith('isp.') && alipayErrors[code] === undefined ? 'isp.unknow-error' : code);
}
