import { type ErrorTable, explainFrom } from '../platform-answer';

/**
 * What the error codes of the calls made here mean.
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
  'not-member': [
    'permanent',
    '地址不是企业微信成员',
    'The address is no member of a corp',
    '这类内容只能发给成员，请换渠道',
    'Use another channel',
  ],
  'not-contact': [
    'permanent',
    '地址不是成员的外部联系人',
    'The address is no external contact',
    '这类内容只能发给外部联系人，请换渠道',
    'Use another channel',
  ],
  'person-limit': [
    'quota',
    '一分钟内发给同一成员的消息过多',
    'Too many to one member in a minute',
    '一分钟后再试',
    'Try again in a minute',
  ],
  '40096': ['permanent', '外部联系人编号不正确', 'Invalid external userid', '核对客户是否仍在员工的客户列表里', 'Check the customer list'],
  '41048': [
    'permanent',
    '没有可以发送的客户：已不是客户，或本月已收满四条',
    'No customer may be sent to',
    '下月再发，或换渠道',
    'Next month, or use another channel',
  ],
  'not-sendable': [
    'permanent',
    '平台不能发给这位客户：已不是客户，或本月已收满四条',
    'Not a customer any more, or four messages this month',
    '下月再发，或换渠道',
    'Next month, or use another channel',
  ],
  'not-customer': ['permanent', '对方已不是该员工的客户', 'Not a customer any more', '换渠道', 'Use another channel'],
  'contact-limit': [
    'permanent',
    '对方本月已收满四条群发消息',
    'Had the four messages of this month',
    '下月再发，或换渠道',
    'Next month, or use another channel',
  ],
  waiting: [
    'unknown',
    '等待员工在企业微信里确认发送',
    'Waits for the member of staff',
    '请员工在企业微信里确认',
    'Ask the member to confirm',
  ],
  '41047': ['permanent', '平台没有这个群发任务', 'No such task at the platform', '请系统管理员检查', 'Ask the system administrator'],
  '84061': ['permanent', '该员工没有这位客户', 'Not a customer of this member', '核对客户由哪位员工联系', 'Check whose customer it is'],
  '48002': [
    'auth',
    '应用没有客户联系权限',
    'The app may not use external contacts',
    '请系统管理员把应用加入“可调用接口的应用”',
    'Allow the app in the contact settings',
  ],
  '40016': ['permanent', '菜单为一至三项', 'A menu has one to three entries', '修改菜单后再保存', 'Change the menu'],
  '40018': ['permanent', '一级菜单名称过长（至多 16 字节）', 'A label of the top level is too long', '缩短名称', 'Shorten it'],
  '40019': ['permanent', '菜单项编号过长', 'A menu key is too long', '请系统管理员检查菜单', 'Check the menu'],
  '40020': ['permanent', '菜单项缺少网址或网址过长', 'No address, or too long', '修改菜单项的网址', 'Change the address'],
  '40023': ['permanent', '二级菜单至多五项', 'At most five entries below one', '减少二级菜单', 'Take some away'],
  '40025': ['permanent', '二级菜单名称过长（至多 40 字节）', 'A label of the second level is too long', '缩短名称', 'Shorten it'],
  '40026': ['permanent', '菜单项编号过长', 'A menu key is too long', '请系统管理员检查菜单', 'Check the menu'],
  '40027': ['permanent', '菜单项缺少网址或网址过长', 'No address, or too long', '修改菜单项的网址', 'Change the address'],
  '45009': ['quota', '调用频次超过平台上限', 'Over the frequency limit', '稍后会自动再试', 'Tried again by itself'],
  '93000': [
    'auth',
    '群机器人的密钥不正确，或机器人已被移除',
    'Wrong key of the group robot, or it was removed',
    '请系统管理员检查 WECOM_ROBOT_KEY',
    'Check WECOM_ROBOT_KEY',
  ],
  '130101': ['quota', '群机器人一分钟内发得过多', 'The group robot said too much in a minute', '稍后会自动再试', 'Tried again by itself'],
  '45033': ['transient', '并发超过平台上限', 'Over the concurrency limit', '稍后会自动再试', 'Tried again by itself'],
};

export const explain = explainFrom(wecomErrors);

/** Whose codes they are. */
export const wecom = { platform: 'wecom', explain } as const;
