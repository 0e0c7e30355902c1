import { CODE_WORDS } from './code-words';
import type { Platform } from './observation';
import { Ring } from './ring';

/** A remark in both languages, Chinese first; plain text where it is data. */
export type Remark = string | readonly [zh: string, en: string];

export type Outcome = 'accepted' | 'refused' | 'lost' | 'pushed' | 'push-failed' | 'set';

/** One call to a platform, or one push from it. Words are made only when somebody reads. */
export interface RequestEntry {
  readonly seq: number;
  readonly at: string;
  readonly platform: Platform | 'desk';
  readonly action: Action;
  /** Whom or what it was about, in few words. */
  readonly subject: string;
  readonly count: number;
  readonly outcome: Outcome;
  readonly code: string;
  readonly detail: Remark;
  readonly tookMs: number;
}

const ACTIONS = {
  'wecom.token': ['取企业微信令牌', 'WeCom token'],
  'wecom.send': ['应用消息', 'WeCom message'],
  'wecom.update': ['更新卡片', 'WeCom card update'],
  'wecom.recall': ['撤回消息', 'WeCom recall'],
  'wecom.user': ['查询成员', 'WeCom member look-up'],
  'wecom.menu': ['企业微信菜单', 'WeCom menu'],
  'wecom.login': ['企业微信登录换取身份', 'WeCom sign-in'],
  'wecom.contact': ['发给客户的群发任务', 'WeCom task for customers'],
  'wecom.robot': ['群机器人消息', 'WeCom group robot'],
  'wecom.task': ['查询群发结果', 'WeCom task results'],
  'wechat.token': ['取微信令牌', 'WeChat token'],
  'wechat.login': ['登录换取身份', 'WeChat login'],
  'wechat.phone': ['取手机号', 'WeChat phone number'],
  'wechat.send': ['订阅消息', 'WeChat subscription message'],
  'wechat.check': ['内容安全检测', 'WeChat content check'],
  'wechat.templates': ['读取模板', 'WeChat templates'],
  'wechat.session': ['检验登录态', 'WeChat session check'],
  'wechat.code': ['小程序码', 'WeChat code image'],
  'official.send': ['服务号模板消息', 'Official Account template message'],
  'official.say': ['服务号客服消息', 'Official Account customer message'],
  'official.mass': ['服务号群发', 'Official Account mass message'],
  'official.publish': ['服务号发布', 'Official Account publishing'],
  'official.city': ['城市服务通知', 'City service notice'],
  'official.menu': ['服务号菜单', 'Official Account menu'],
  'official.templates': ['读取服务号模板', 'Official Account templates'],
  'official.login': ['网页授权换取身份', 'Official Account OAuth'],
  'official.user': ['查询粉丝', 'Official Account follower look-up'],
  'alipay.login': ['支付宝登录换取身份', 'Alipay login'],
  'alipay.send': ['支付宝模板消息', 'Alipay template message'],
  'alipay.life': ['支付宝生活号消息', 'Alipay life account message'],
  'alipay.subscriptions': ['查询支付宝订阅', 'Alipay subscriptions'],
  'alipay.code': ['支付宝小程序码', 'Alipay code'],
  'alipay.trade': ['支付宝交易', 'Alipay trade'],
  'alipay.other': ['支付宝网关', 'Alipay gateway'],
  'pay.order': ['微信支付下单', 'WeChat Pay order'],
  'pay.query': ['查询微信支付', 'WeChat Pay query'],
  'pay.close': ['关闭微信支付订单', 'WeChat Pay order closed'],
  'pay.refund': ['微信支付退款', 'WeChat Pay refund'],
  'pay.certificates': ['取微信支付平台证书', 'WeChat Pay certificates'],
  'sms.send': ['短信', 'SMS'],
  'email.send': ['邮件', 'Mail'],
  'push.card-answer': ['回调：卡片作答', 'Callback: card answered'],
  'push.text': ['回调：文字消息', 'Callback: text'],
  'push.subscription': ['回调：订阅授权', 'Callback: subscription'],
  'push.sent': ['回调：订阅消息送达', 'Callback: message delivered'],
  'push.receipt': ['回调：短信回执', 'Callback: SMS receipt'],
  'push.payment': ['回调：支付通知', 'Callback: payment notice'],
  'push.event': ['回调：关注、菜单等事件', 'Callback: follow, menu and the like'],
  'push.reply': ['回调的应答', 'Answer to a callback'],
  'push.verify': ['回调：地址校验', 'Callback: URL check'],
  'push.other': ['回调', 'Callback'],
  'desk.script': ['模拟台设置', 'Sandbox switch'],
} as const;

export type Action = keyof typeof ACTIONS;

const OUTCOMES: Record<Outcome, readonly [string, string]> = {
  accepted: ['已受理', 'accepted'],
  refused: ['拒绝', 'refused'],
  lost: ['已受理，但连接断开、未作应答', 'accepted, but the answer was lost'],
  pushed: ['已送达服务器', 'delivered to the server'],
  'push-failed': ['服务器未接收', 'not taken by the server'],
  set: ['已生效', 'in force'],
};

const REQUESTS_HELD = 20_000;

export class RequestLog {
  private readonly ring = new Ring<RequestEntry>(REQUESTS_HELD);

  constructor(private readonly now: () => Date) {}

  add(entry: Omit<RequestEntry, 'seq' | 'at'>): void {
    this.ring.add({ seq: this.ring.next, at: this.now().toISOString(), ...entry });
  }

  after(since: number): Generator<RequestEntry> {
    return this.ring.after(since);
  }

  get last(): number {
    return this.ring.next - 1;
  }

  clear(): void {
    this.ring.clear();
  }
}

/** Identifiers without a meaning of their own are shown by their ends. */
const shorten = (subject: string): string => (/^[\w-]{19,}$/.test(subject) ? `${subject.slice(0, 3)}…${subject.slice(-6)}` : subject);

export function inWords(entry: RequestEntry, language: 'zh' | 'en'): string {
  const index = language === 'zh' ? 0 : 1;
  const who = language === 'zh' ? (entry.count > 1 ? ` → ${entry.count} 人` : '') : entry.count > 1 ? ` → ${entry.count} people` : '';
  const colon = language === 'zh' ? '：' : ': ';
  const open = language === 'zh' ? '（' : ' (';
  const close = language === 'zh' ? '）' : ')';
  const subject = entry.subject ? `${open}${shorten(entry.subject)}${close}` : '';
  const code = entry.code && entry.code !== '0' ? ` ${entry.code}` : '';
  const remark = typeof entry.detail === 'string' ? entry.detail : entry.detail[index];
  const meaning = entry.outcome === 'refused' || entry.outcome === 'push-failed' ? CODE_WORDS[entry.code]?.[index] : undefined;
  const detail = [meaning, remark].filter(Boolean).join(language === 'zh' ? '，' : ', ');
  return `${ACTIONS[entry.action][index]}${subject}${who} — ${OUTCOMES[entry.outcome][index]}${code}${detail ? colon + detail : ''}`;
}
