import type { Exchange, Router } from '../http/router';
import { buildSmsPush, type SmsReceipt } from '../push/sms-push';
import { PersonLimit } from '../wecom/person-limit';
import { attemptKeyOf, firstLink } from '../world/attempt-key';
import { asText, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import { type Answer, platformCall } from '../world/platform-call';
import type { World } from '../world/world';

const PER_NUMBER_PER_MINUTE = 10;
const FIELDS = new Set(['to', 'signName', 'text', 'reference']);
const STATUS_OF: Readonly<Record<string, number>> = {
  INVALID_KEY: 401,
  BLACKLISTED: 403,
  IP_NOT_ALLOWED: 403,
  PER_NUMBER_LIMIT: 429,
  QUOTA_EXHAUSTED: 429,
  BUSY: 503,
};

export interface SmsState {
  readonly world: World;
  readonly perNumber: PersonLimit;
  /** Numbers that answered TD: nothing more reaches them. */
  readonly unsubscribed: Set<string>;
}

/** What the emulator answers under `/sms`: the contract in README.md. */
export function smsRoutes(router: Router, world: World): SmsState {
  const state: SmsState = { world, perNumber: new PersonLimit(PER_NUMBER_PER_MINUTE), unsubscribed: new Set() };
  world.whenReset(() => {
    state.perNumber.clear();
    state.unsubscribed.clear();
  });
  const kind = {
    platform: 'sms',
    action: 'sms.send',
    isSend: true,
    refuse: (code: string, httpStatus: number) => refuse(code, '', httpStatus),
  } as const;
  router.on(
    'POST',
    '/sms/messages',
    platformCall(world, kind, (exchange) => sendSms(state, exchange)),
  );
  return state;
}

function refuse(code: string, message: string, httpStatus = 200, subject = ''): Answer {
  const status = httpStatus === 200 ? (STATUS_OF[code] ?? 400) : httpStatus;
  const headers = status === 503 ? { headers: { 'retry-after': '2' } } : {};
  return { status, body: { code, message: message || code }, code, isRefusal: true, detail: '', subject, ...headers };
}

function sendSms(state: SmsState, exchange: Exchange): Answer {
  const { world } = state;
  if (exchange.headers.authorization !== `Bearer ${world.accounts.sms.key}`) return refuse('INVALID_KEY', '密钥不对');
  const allowed = world.script.platforms.sms.allowedIps;
  if (allowed && !allowed.includes(exchange.ip)) return refuse('IP_NOT_ALLOWED', exchange.ip);
  const body = parseJson(exchange.raw);
  if (!body) return refuse('INVALID_BODY', '不是 JSON 对象');
  const unknown = Object.keys(body).find((field) => !FIELDS.has(field));
  if (unknown) return refuse('INVALID_BODY', `未知字段 ${unknown}`);
  const [to, sign, text] = [asText(body.to).replace(/^\+?86/, ''), asText(body.signName), asText(body.text)];
  const problem = problemOf(state, to, sign, text, body.reference);
  if (problem) return refuse(problem[0], problem[1], 200, maskOf(to));
  if (!world.script.takeQuota('sms', 1)) return refuse('QUOTA_EXHAUSTED', '账户条数用完', 200, maskOf(to));
  if (!state.perNumber.take(to, world.clock.ms())) return refuse('PER_NUMBER_LIMIT', '同一号码每分钟不超过 10 条', 200, maskOf(to));
  const messageId = world.newId('sms');
  const reference = typeof body.reference === 'string' ? body.reference : undefined;
  showOnPhone(world, { to, sign, text, messageId, reference, requestHash: hashOf(exchange.raw) });
  queueReceipt(world, messageId, reference);
  return { status: 202, body: { messageId }, code: '0', isRefusal: false, subject: maskOf(to) };
}

function problemOf(state: SmsState, to: string, sign: string, text: string, reference: unknown): readonly [string, string] | null {
  if (!/^1[3-9]\d{9}$/.test(to)) return ['INVALID_NUMBER', '不是手机号码'];
  if ([...sign].length < 2 || [...sign].length > 16 || /[【】\p{Cc}]/u.test(sign)) return ['INVALID_SIGN', '签名 2–16 个字'];
  if (text === '' || [...text].length > 500 || /[\p{Cc}]/u.test(text.replaceAll('\n', ''))) return ['INVALID_TEXT', '正文 1–500 个字'];
  if (reference !== undefined && !/^[0-9A-Za-z_.:-]{1,64}$/.test(asText(reference))) return ['INVALID_BODY', 'reference'];
  return to.endsWith('0404') || state.unsubscribed.has(to) ? ['BLACKLISTED', '号码拒收'] : null;
}

const maskOf = (mobile: string): string => (mobile.length === 11 ? `${mobile.slice(0, 3)}****${mobile.slice(7)}` : mobile.slice(0, 16));

interface Shown {
  readonly to: string;
  readonly sign: string;
  readonly text: string;
  readonly messageId: string;
  readonly reference: string | undefined;
  readonly requestHash: string;
}

function showOnPhone(world: World, sms: Shown): void {
  world.observation.record({
    platform: 'sms',
    account: world.accountName,
    corpId: null,
    recipient: sms.to,
    kind: 'sms',
    title: sms.sign,
    body: `【${sms.sign}】${sms.text}`,
    link: firstLink(sms.text),
    buttonText: null,
    attemptKey: attemptKeyOf(firstLink(sms.text), sms.reference, sms.text),
    requestHash: sms.requestHash,
    messageId: sms.messageId,
    deduped: false,
    dropped: false,
    templateId: null,
    fields: [],
    card: null,
  });
}

function queueReceipt(world: World, messageId: string, reference: string | undefined): void {
  if (!world.script.push.target) return;
  const isFailed = Math.random() < world.script.push.receiptFailRate;
  const receipt = (): SmsReceipt => ({
    messageId,
    ...(reference ? { reference } : {}),
    result: isFailed ? 'failed' : 'delivered',
    code: isFailed ? 'UNDELIV' : 'DELIVRD',
    at: world.clock.now().toISOString(),
  });
  world.pushes.later(world.script.push.receiptDelayMs, {
    platform: 'sms',
    action: 'push.receipt',
    subject: messageId,
    build: () => buildSmsPush({ name: world.accountName, key: world.accounts.sms.key }, receipt(), world.clock.sec()),
  });
}
