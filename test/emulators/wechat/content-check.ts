import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import type { WechatState } from './wechat-emulator';

const TWO_HOURS_MS = 7200_000;
const MAX_CHARACTERS = 2500;

/** Words by which the sandbox shows each verdict; the real service judges by its own lists. */
const LABELS: readonly (readonly [RegExp, number, 'risky' | 'review'])[] = [
  [/加微信领|刷单|免费领取/, 10001, 'risky'],
  [/赌博|博彩/, 20008, 'risky'],
  [/辱骂|脏话/, 20003, 'review'],
];

/** `POST /wxa/msg_sec_check`, version 2: risky content still has errcode 0, the verdict is in `result`. */
export function checkContent(state: WechatState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  const [openid, content] = [asText(body.openid), asText(body.content)];
  if (body.version !== 2) return refusal(40035, 'version');
  if (![1, 2, 3, 4].includes(Number(body.scene))) return refusal(40129);
  if (!content || [...content].length > MAX_CHARACTERS) return refusal(47001, 'content');
  if (!state.world.people.openidExists(openid)) return refusal(40003);
  if ((state.openedAtMs.get(openid) ?? 0) < state.world.clock.ms() - TWO_HOURS_MS) return refusal(61010, '', { subject: openid });
  const found = LABELS.find(([pattern]) => pattern.test(content));
  const [label, suggest] = found ? [found[1], found[2]] : [100, 'pass'];
  const keyword = found?.[0].exec(content)?.[0];
  const detail = [{ strategy: 'keyword', errcode: 0, suggest, label, ...(keyword ? { keyword, level: 90 } : {}), prob: 90 }];
  return success({ result: { suggest, label }, detail, trace_id: state.world.newId('trace-') }, { subject: openid, detail: suggest });
}
