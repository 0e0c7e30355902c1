import { randomInt } from 'node:crypto';
import { noticeAccountOf } from '../alipay/trade-notices';
import type { Exchange, Router } from '../http/router';
import { buildAlipayNotice } from '../push/alipay-push';
import { type BuiltPush, PUSH_VARIANTS, type PushVariant } from '../push/built-push';
import { deliver, isTaken, type PushResult } from '../push/push-sender';
import { buildSmsPush } from '../push/sms-push';
import { buildWechatPush, buildWechatUrlCheck } from '../push/wechat-push';
import { buildWecomPush, buildWecomUrlCheck } from '../push/wecom-push';
import type { XmlValue } from '../push/xml';
import { wechatPushAccount } from '../wechat/subscription-events';
import { officialPushAccount } from '../wechat-official/events';
import { pushAccountOf } from '../wecom/answer-card';
import { isObject } from '../world/json-values';
import type { Platform } from '../world/observation';
import type { World } from '../world/world';
import type { Emulators } from './action-routes';
import { bodyOf, DeskProblem, desk, numberOf, onlyFields } from './desk-reply';
import { pushPayment } from './payment-routes';

/** Pushes on demand: for tests of the server's gate. They wait for the answer and report it. */
export function pushRoutes(router: Router, emulators: Emulators, prefix: string): void {
  router
    .on(
      'POST',
      `${prefix}/push`,
      desk((exchange) => push(emulators, exchange)),
    )
    .on(
      'POST',
      `${prefix}/push/verify`,
      desk((exchange) => verify(emulators, exchange)),
    )
    .on(
      'POST',
      `${prefix}/push/flush`,
      desk(() => {
        emulators.wechat.world.pushes.flush();
        return { flushed: true };
      }),
    );
}

/**
 * `{platform, event, variant?, times?, corpId?}`. `times` above 1 sends the very same bytes again: a replay, which a
 * server refuses by its nonce or takes for the same event.
 */
async function push(emulators: Emulators, exchange: Exchange): Promise<object> {
  const { world } = emulators.wechat;
  const body = bodyOf(exchange);
  if (body.platform === 'wechat-pay') return pushPayment(emulators.wechatPay, body);
  onlyFields(body, ['platform', 'event', 'variant', 'times', 'corpId']);
  const variant = PUSH_VARIANTS.find((candidate) => candidate === (body.variant ?? 'valid'));
  if (!variant) throw new DeskProblem(400, 'INVALID_FIELD', `variant 应为 ${PUSH_VARIANTS.join('、')}`);
  if (!isObject(body.event)) throw new DeskProblem(400, 'INVALID_FIELD', 'event 应为对象');
  const times = body.times === undefined ? 1 : numberOf(body.times, 'times', 1, 100);
  const platform = platformOf(body.platform);
  const built = build(emulators, platform, body.event as Record<string, XmlValue>, variant, String(body.corpId ?? ''));
  const results: PushResult[] = [];
  for (let index = 0; index < times; index += 1) results.push(await send(world, built));
  for (const result of results) logPush(world, platform, variant, result);
  return { results };
}

function build(emulators: Emulators, platform: Platform, event: Record<string, XmlValue>, variant: PushVariant, corpId: string): BuiltPush {
  const { world } = emulators.wechat;
  const nowSec = world.clock.sec();
  if (platform === 'wecom') return buildWecomPush(pushAccountOf(emulators.wecom, corpId), event, nowSec, variant);
  if (platform === 'alipay') return buildAlipayNotice(noticeAccountOf(emulators.alipay), textsOf(event), variant);
  if (platform === 'wechat-official') return buildWechatPush(officialPushAccount(emulators.official), event, 'xml', nowSec, variant);
  if (platform === 'wechat')
    return buildWechatPush(wechatPushAccount(emulators.wechat), event, world.script.push.wechatFormat, nowSec, variant);
  const receipt = { messageId: String(event.messageId ?? ''), code: String(event.code ?? 'DELIVRD'), at: world.clock.now().toISOString() };
  const result = event.result === 'failed' ? ('failed' as const) : ('delivered' as const);
  const reference = typeof event.reference === 'string' ? { reference: event.reference } : {};
  return buildSmsPush({ name: world.accountName, key: world.accounts.sms.key }, { ...receipt, ...reference, result }, nowSec, variant);
}

const textsOf = (event: Record<string, XmlValue>): Record<string, string> =>
  Object.fromEntries(Object.entries(event).map(([name, value]) => [name, String(value)]));

/** The URL check a platform makes when a callback address is saved. */
async function verify(emulators: Emulators, exchange: Exchange): Promise<object> {
  const { world } = emulators.wechat;
  const platform = platformOf(bodyOf(exchange).platform);
  if (platform === 'sms' || platform === 'alipay') throw new DeskProblem(400, 'INVALID_FIELD', '这个平台没有地址校验');
  const plain = String(randomInt(1_000_000_000, 9_999_999_999));
  const built =
    platform === 'wecom'
      ? buildWecomUrlCheck(pushAccountOf(emulators.wecom, ''), plain, world.clock.sec())
      : buildWechatUrlCheck(
          platform === 'wechat' ? wechatPushAccount(emulators.wechat) : officialPushAccount(emulators.official),
          plain,
          world.clock.sec(),
        );
  const result = await send(world, built);
  const passed = isTaken(result) && result.body === plain;
  const outcome = passed ? 'pushed' : 'push-failed';
  world.requests.add({
    platform,
    action: 'push.verify',
    subject: '',
    count: 1,
    outcome,
    code: String(result.status),
    detail: '',
    tookMs: result.tookMs,
  });
  return { passed, ...result };
}

function send(world: World, built: BuiltPush): Promise<PushResult> {
  const { target, timeoutMs } = world.script.push;
  if (!target) throw new DeskProblem(409, 'NO_TARGET', '没有设置服务器地址（POST /script {"pushTarget": …}）');
  return deliver(target, built, timeoutMs);
}

function platformOf(value: unknown): Platform {
  if (value === 'wecom' || value === 'wechat' || value === 'wechat-official' || value === 'alipay' || value === 'sms') return value;
  throw new DeskProblem(400, 'INVALID_FIELD', 'platform 应为 wecom、wechat、wechat-official、alipay 或 sms');
}

function logPush(world: World, platform: Platform, variant: PushVariant, result: PushResult): void {
  const outcome = isTaken(result) ? 'pushed' : 'push-failed';
  world.requests.add({
    platform,
    action: 'push.other',
    subject: variant,
    count: 1,
    outcome,
    code: String(result.status),
    detail: '',
    tookMs: result.tookMs,
  });
}
