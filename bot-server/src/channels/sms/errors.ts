import { type ErrorTable, explainFrom } from '../platform-answer';

/** The gateway's contract, see the conformance suite; a real gateway is joined by an adapter that speaks it. */
export const smsErrors: ErrorTable = {
  INVALID_BODY: ['permanent', '短信内容格式不符', 'Malformed message', '请系统管理员检查', 'Ask the system administrator'],
  INVALID_NUMBER: ['permanent', '不是有效的手机号', 'Not a mobile number', '核对企业联系人的手机号', 'Check the number'],
  INVALID_SIGN: ['permanent', '短信签名没有通过审核', 'The sign is not approved', '请系统管理员检查短信签名', 'Check the sign'],
  INVALID_TEXT: [
    'permanent',
    '短信内容为空、过长或含有控制字符',
    'Empty, too long, or control characters',
    '修改内容后重新送审',
    'Change the text',
  ],
  INVALID_KEY: ['auth', '短信网关密钥不正确', 'Wrong gateway key', '请系统管理员检查短信网关密钥', 'Check the gateway key'],
  IP_NOT_ALLOWED: [
    'auth',
    '本服务的地址不在短信网关的名单内',
    'Our address is not allowed',
    '请系统管理员在短信网关登记服务器地址',
    'Register the server address',
  ],
  BLACKLISTED: ['permanent', '对方已退订短信', 'The number refuses messages', '改由服务专员联系', 'Let a liaison call'],
  PER_NUMBER_LIMIT: ['transient', '同一号码发送过于频繁', 'Too many to one number', '稍后会自动再试', 'Tried again by itself'],
  QUOTA_EXHAUSTED: ['quota', '短信额度已用完', 'The quota is used up', '充值后在看板上重发失败的', 'Top up, then retry the failed'],
  BUSY: ['transient', '短信网关繁忙', 'The gateway is busy', '稍后会自动再试', 'Tried again by itself'],
  DELIVRD: ['unknown', '已送达手机', 'Delivered', '', ''],
  UNDELIV: ['permanent', '没有送达手机', 'Not delivered', '改由服务专员联系', 'Let a liaison call'],
  REJECTD: ['permanent', '运营商拒绝', 'Rejected by the operator', '改由服务专员联系', 'Let a liaison call'],
  EXPIRED: ['permanent', '有效期内没有送达', 'Expired on the way', '稍后重发，或改由服务专员联系', 'Retry later, or let a liaison call'],
};

export const explain = explainFrom(smsErrors);
