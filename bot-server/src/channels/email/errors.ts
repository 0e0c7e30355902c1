import type { ErrorClass } from '../channel';
import { type ErrorTable, explainFrom } from '../platform-answer';

/** Reply codes of SMTP. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 and rfc4954 section 6 (read 2026-11) */
export const smtpErrors: ErrorTable = {
  '421': ['transient', '邮件服务器暂停服务', 'The mail server is closing', '稍后会自动再试', 'Tried again by itself'],
  '450': ['transient', '对方邮箱暂时不可用', 'The mailbox is busy', '稍后会自动再试', 'Tried again by itself'],
  '451': ['transient', '邮件服务器处理出错', 'The mail server failed inside', '稍后会自动再试', 'Tried again by itself'],
  '452': ['quota', '邮件服务器空间不足或发送过多', 'Out of storage, or too many mails', '稍后会自动再试', 'Tried again by itself'],
  '454': ['auth', '邮件账户暂时无法登录', 'Signing in fails for the moment', '多次出现请系统管理员检查邮件账户', 'Check the mail account'],
  '530': ['auth', '邮件服务器要求登录', 'The server wants a sign-in', '请系统管理员检查邮件账户', 'Check the mail account'],
  '534': ['auth', '邮件账户的登录方式不被接受', 'The way of signing in is refused', '请系统管理员检查邮件账户', 'Check the mail account'],
  '535': ['auth', '邮件账户或密码不正确', 'Wrong user or password', '请系统管理员检查邮件账户', 'Check the mail account'],
  '538': ['auth', '邮件服务器要求加密连接', 'The server wants encryption', '请系统管理员检查邮件服务器地址', 'Check the server address'],
  '550': [
    'permanent',
    '对方邮箱不存在或拒收',
    'No such mailbox, or it refuses',
    '核对邮箱地址，或换渠道',
    'Check the address, or use another channel',
  ],
  '551': [
    'permanent',
    '对方邮箱不在这台服务器',
    'Not a local mailbox',
    '核对邮箱地址，或换渠道',
    'Check the address, or use another channel',
  ],
  '552': [
    'permanent',
    '对方邮箱已满或邮件过大',
    'The mailbox is full, or the mail too large',
    '缩短正文，或换渠道',
    'Shorten it, or use another channel',
  ],
  '553': ['permanent', '邮箱地址不合规', 'Malformed address', '核对邮箱地址，或换渠道', 'Check the address, or use another channel'],
  '554': ['permanent', '邮件被拒收', 'The mail was refused', '请系统管理员检查发信域名的信誉', 'Check the standing of the sending domain'],
  tls: [
    'auth',
    '与邮件服务器的加密连接没有建立',
    'No encrypted connection',
    '请系统管理员检查邮件服务器的证书',
    'Check the certificate of the server',
  ],
};

/** 4xx may go well later, 5xx never. */
export function classOfReply(code: number): Exclude<ErrorClass, 'unknown'> {
  const known = smtpErrors[String(code)]?.[0];
  if (known !== undefined && known !== 'unknown') return known;
  return code < 500 ? 'transient' : 'permanent';
}

export const explain = explainFrom(smtpErrors);
