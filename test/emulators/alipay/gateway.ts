import type { Exchange, Handler } from '../http/router';
import { type Answer, platformCall } from '../world/platform-call';
import type { Action } from '../world/request-log';
import type { AlipayState } from './alipay-emulator';
import { gatewayAnswer, type Outcome, refused, scriptedAnswer } from './gateway-answers';
import { isRequestSigned, type Params } from './signing';

/** What a method reads: every parameter, and `biz_content` as an object. */
export interface Request {
  readonly params: Params;
  readonly biz: Readonly<Record<string, unknown>>;
  readonly raw: Buffer;
  /** Under which address the platform was reached. */
  readonly origin: string;
}

export interface Method {
  readonly action: Action;
  /** Meets the scripted errors and lost answers. */
  readonly isSend: boolean;
  readonly take: (request: Request) => Outcome;
}

/** The documentation names no window; this is the one of the older gateway of the same house. */
const SKEW_MS = 600_000;
const REQUIRED: readonly (readonly [name: string, subCode: string])[] = [
  ['app_id', 'isv.missing-app-id'],
  ['method', 'isv.missing-method'],
  ['sign_type', 'isv.missing-signature-type'],
  ['sign', 'isv.missing-signature'],
  ['timestamp', 'isv.missing-timestamp'],
  ['version', 'isv.missing-version'],
];

/** `POST /gateway.do`: the method is a parameter; public ones stand in the query, the others in the form. */
export function gateway(state: AlipayState, methods: Readonly<Record<string, Method>>): Handler {
  const unknown: Method = {
    action: 'alipay.other',
    isSend: false,
    take: () => refused('isv.invalid-method', { isGatewayError: true }),
  };
  const handlerOf = (name: string, method: Method): Handler =>
    platformCall(
      state.world,
      {
        platform: 'alipay',
        action: method.action,
        isSend: method.isSend,
        refuse: (code, status) => scriptedAnswer(state, name, code, status),
      },
      (exchange) => answer(state, name, method, exchange),
    );
  const handlers = new Map(Object.entries(methods).map(([name, method]) => [name, handlerOf(name, method)]));
  const other = handlerOf('', unknown);
  return (exchange) => (handlers.get(paramsOf(exchange).method ?? '') ?? other)(exchange);
}

function paramsOf(exchange: Exchange): Params {
  const form = new URLSearchParams(exchange.raw.toString('utf8'));
  return { ...Object.fromEntries(exchange.query), ...Object.fromEntries(form) };
}

function answer(state: AlipayState, name: string, method: Method, exchange: Exchange): Answer {
  const params = paramsOf(exchange);
  const denied = deniedBy(state, params);
  if (denied) return gatewayAnswer(state, '', denied, params.app_id === state.world.accounts.alipay.appId);
  const allowed = state.world.script.platforms.alipay.allowedIps;
  if (allowed && !allowed.includes(exchange.ip)) return gatewayAnswer(state, '', refused('isv.ip-forbidden', { isGatewayError: true }));
  const biz = bizOf(params.biz_content);
  if (!biz) return gatewayAnswer(state, name, refused('isv.invalid-parameter', { detail: 'biz_content' }));
  return gatewayAnswer(
    state,
    name,
    method.take({ params, biz, raw: exchange.raw, origin: `http://${exchange.headers.host ?? 'localhost'}` }),
  );
}

/** Parameters → app → signature → time, as far as a caller can tell. */
function deniedBy(state: AlipayState, params: Params): Outcome | undefined {
  const deny = (subCode: string): Outcome => refused(subCode, { isGatewayError: true });
  const missing = REQUIRED.find(([name]) => !params[name]);
  if (missing) return deny(missing[1]);
  if (params.app_id !== state.world.accounts.alipay.appId) return deny('isv.invalid-app-id');
  if (params.sign_type !== 'RSA2') return deny('isv.invalid-signature-type');
  if (params.charset !== undefined && params.charset.toLowerCase() !== 'utf-8') return deny('isv.invalid-charset');
  if (params.format !== undefined && params.format.toUpperCase() !== 'JSON') return deny('isv.invalid-format');
  if (!isRequestSigned(params, state.appKey)) return deny('isv.invalid-signature');
  return isTimely(state, params.timestamp ?? '') ? undefined : deny('isv.invalid-timestamp');
}

function isTimely(state: AlipayState, timestamp: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(timestamp)) return false;
  const atMs = Date.parse(`${timestamp.replace(' ', 'T')}+08:00`);
  return Math.abs(state.world.clock.ms() - atMs) <= SKEW_MS;
}

function bizOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
