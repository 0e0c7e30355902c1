import type { Exchange, Router } from '../http/router';
import { isObject } from '../world/json-values';
import { PLATFORMS, type Platform } from '../world/observation';
import type { Burst, PlatformScript } from '../world/script';
import type { World } from '../world/world';
import { changeWords } from './change-words';
import { bodyOf, DeskProblem, desk, numberOf, onlyFields } from './desk-reply';

const FIELDS = [
  'platform',
  'latencyMs',
  'errors',
  'lostReplies',
  'quota',
  'allowedIps',
  'revokeTokens',
  'clockOffsetMs',
  'pushTarget',
  'push',
  'reset',
];
const PUSH_NUMBERS = [
  'timeoutMs',
  'repeats',
  'repeatDelayMs',
  'duplicates',
  'shuffle',
  'receiptDelayMs',
  'receiptFailRate',
  'payWaitScale',
  'payProbes',
];
const PUSH_WORDS: Readonly<Record<string, readonly string[]>> = {
  wechatFormat: ['json', 'xml'],
  paySigner: ['cert', 'public-key', 'mixed'],
  payRefund: ['SUCCESS', 'ABNORMAL', 'CLOSED', 'hold'],
};

export interface TokenFamilies {
  revoke(platform: Platform): void;
}

export function scriptRoutes(router: Router, world: World, tokens: TokenFamilies, prefix: string): void {
  router
    .on(
      'GET',
      `${prefix}/script`,
      desk(() => view(world)),
    )
    .on(
      'POST',
      `${prefix}/script`,
      desk((exchange) => apply(world, tokens, exchange)),
    );
}

const view = (world: World): object => ({
  ...world.script.platforms,
  push: world.script.push,
  clockOffsetMs: world.clock.offsetMs,
  now: world.clock.now().toISOString(),
});

/** Everything named is set, everything else stays. A refused field leaves all as it was. */
function apply(world: World, tokens: TokenFamilies, exchange: Exchange): object {
  const body = bodyOf(exchange);
  onlyFields(body, FIELDS);
  const platforms = platformsOf(body.platform);
  const changes = platformChanges(body);
  const push = pushChanges(body.push);
  const offset = body.clockOffsetMs === undefined ? null : numberOf(body.clockOffsetMs, 'clockOffsetMs', -1e13, 1e13);
  const target = targetOf(body.pushTarget);
  if (body.reset === true) world.reset();
  for (const platform of platforms) Object.assign(world.script.platforms[platform], structuredClone(changes));
  Object.assign(world.script.push, push, target === undefined ? {} : { target });
  if (offset !== null) world.clock.offsetMs = offset;
  if (body.revokeTokens === true || body.reset === true) for (const platform of platforms) tokens.revoke(platform);
  if (push.shuffle === 0) world.pushes.flush();
  const subject = typeof body.platform === 'string' ? body.platform : '';
  world.requests.add({
    platform: 'desk',
    action: 'desk.script',
    subject,
    count: 1,
    outcome: 'set',
    code: '',
    detail: changeWords(body),
    tookMs: 0,
  });
  world.observation.touched();
  return view(world);
}

function platformsOf(value: unknown): readonly Platform[] {
  if (value === undefined) return PLATFORMS;
  const platform = PLATFORMS.find((candidate) => candidate === value);
  if (!platform) throw new DeskProblem(400, 'INVALID_FIELD', `platform 应为 ${PLATFORMS.join('、')} 之一`);
  return [platform];
}

function platformChanges(body: Record<string, unknown>): Partial<PlatformScript> {
  return {
    ...(body.latencyMs === undefined ? {} : { latencyMs: latencyOf(body.latencyMs) }),
    ...(body.errors === undefined ? {} : { errors: errorsOf(body.errors) }),
    ...(body.lostReplies === undefined ? {} : { lostReplies: body.lostReplies === null ? null : burstOf(body.lostReplies, 'lostReplies') }),
    ...(body.quota === undefined ? {} : { quotaLeft: body.quota === null ? null : numberOf(body.quota, 'quota') }),
    ...(body.allowedIps === undefined ? {} : { allowedIps: ipsOf(body.allowedIps) }),
  };
}

function latencyOf(value: unknown): { min: number; max: number } {
  if (typeof value === 'number') return { min: numberOf(value, 'latencyMs', 0, 600_000), max: value };
  if (!isObject(value)) throw new DeskProblem(400, 'INVALID_FIELD', 'latencyMs 应为毫秒数，或 {min, max}');
  return { min: numberOf(value.min, 'latencyMs.min', 0, 600_000), max: numberOf(value.max, 'latencyMs.max', 0, 600_000) };
}

function errorsOf(value: unknown): PlatformScript['errors'] {
  if (value === null) return null;
  if (!isObject(value)) throw new DeskProblem(400, 'INVALID_FIELD', 'errors 应为 {next | rate, code, httpStatus?}');
  const code = typeof value.code === 'number' || typeof value.code === 'string' ? String(value.code) : '-1';
  const httpStatus = value.httpStatus === undefined ? 200 : numberOf(value.httpStatus, 'errors.httpStatus', 200, 599);
  return { ...burstOf({ next: value.next, rate: value.rate }, 'errors'), code, httpStatus };
}

function burstOf(value: unknown, field: string): Burst {
  if (!isObject(value)) throw new DeskProblem(400, 'INVALID_FIELD', `${field} 应为 {next} 或 {rate}`);
  return {
    next: value.next === undefined ? 0 : numberOf(value.next, `${field}.next`),
    rate: value.rate === undefined ? 0 : numberOf(value.rate, `${field}.rate`, 0, 1),
  };
}

function ipsOf(value: unknown): readonly string[] | null {
  if (value === null) return null;
  if (!Array.isArray(value) || value.some((ip) => typeof ip !== 'string'))
    throw new DeskProblem(400, 'INVALID_FIELD', 'allowedIps 应为地址列表或 null');
  return value as string[];
}

function targetOf(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value !== 'string' || !URL.canParse(value) || !/^https?:/.test(value))
    throw new DeskProblem(400, 'INVALID_FIELD', 'pushTarget 应为 http(s) 地址');
  return value;
}

function pushChanges(value: unknown): Record<string, number | string> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new DeskProblem(400, 'INVALID_FIELD', 'push 应为对象');
  onlyFields(value, [...PUSH_NUMBERS, ...Object.keys(PUSH_WORDS)]);
  const changes: Record<string, number | string> = {};
  for (const [field, entry] of Object.entries(value)) {
    const words = PUSH_WORDS[field];
    if (words && !words.includes(String(entry))) throw new DeskProblem(400, 'INVALID_FIELD', `push.${field} 应为 ${words.join('、')} 之一`);
    changes[field] = words ? String(entry) : numberOf(entry, `push.${field}`, 0, field === 'receiptFailRate' ? 1 : 600_000);
  }
  return changes;
}
