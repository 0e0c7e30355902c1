import { alipayMini } from './alipay-mini';
import { email } from './email';
import { inbox } from './inbox';
import { sms } from './sms';
import type { NoticeSubject, Subject } from './subject';
import { wechatMini } from './wechat-mini';
import { wechatOfficial } from './wechat-official';
import { wechatPay } from './wechat-pay';
import { wecom } from './wecom';

/** One line per channel. */
export const subjects: readonly Subject[] = [alipayMini, email, inbox, sms, wechatMini, wechatOfficial, wecom];

/** One line per receiver that is no channel. */
export const notices: readonly NoticeSubject[] = [wechatPay];
