import type { Exchange } from '../http/router';
import { attemptKeyOf, firstLink } from '../world/attempt-key';
import { refusal, success } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import type { Remark } from '../world/request-log';
import type { WecomCorp } from '../world/world';
import { isAnswer } from './corp-tokens';
import { KNOWN_TYPES, type ReadMessage, readMessage } from './message-rules';
import { claimTaskId, type WecomState } from './wecom-emulator';

const MAX_USERS = 1000;
const MAX_PARTIES = 100;
const DEFAULT_INTERVAL_SEC = 1800;
const MAX_INTERVAL_SEC = 14_400;

interface Audience {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
  readonly invalidParties: string;
  readonly invalidTags: string;
}

/** `POST /cgi-bin/message/send`: token → address → app → fields → people → duplicate check → limits → phones. */
export function sendMessage(state: WecomState, exchange: Exchange): Answer {
  const corp = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(corp)) return corp;
  const body = parseJson(exchange.raw);
  const refused = refuseEnvelope(state, corp, exchange, body);
  if (!body || refused) return refused ?? refusal(40058);
  const audience = audienceOf(state, corp, body);
  if (isAnswer(audience)) return audience;
  const message = readMessage(body);
  const facts = { subject: subjectOf(audience.valid.length > 0 ? audience.valid : audience.invalid), count: audience.valid.length };
  if ('field' in message) return refusal(40058, message.field, facts);
  if (audience.valid.length === 0) return refusal(81013, '', { ...facts, count: audience.invalid.length });
  const requestHash = hashOf(exchange.raw);
  const interval = intervalOf(body);
  const nowMs = state.world.clock.ms();
  const duplicateKey = `${corp.corpId}/${corp.agentId}/${requestHash}`;
  const earlier = interval === null ? undefined : state.recent.find(duplicateKey, nowMs);
  if (earlier) {
    showOnPhones(state, corp, message, audience.valid, {
      requestHash,
      messageId: asText((earlier as { msgid?: unknown }).msgid),
      deduped: true,
    });
    return success(earlier, { ...facts, detail: ['相同请求，已去重', 'identical request, deduped'] });
  }
  if (message.taskId && !claimTaskId(state, corp, message.taskId)) return refusal(40058, 'template_card.task_id', facts);
  if (!state.world.script.takeQuota('wecom', audience.valid.length)) return refusal(45009, '', facts);
  const messageId = state.world.newId('wm');
  const answer = answerOf(state, corp, message, messageId, audience);
  if (interval !== null) state.recent.remember(duplicateKey, answer, nowMs + interval * 1000);
  const dropped = showOnPhones(state, corp, message, audience.valid, { requestHash, messageId, deduped: false });
  return success(answer, { ...facts, detail: detailOf(audience, dropped) });
}

function refuseEnvelope(
  state: WecomState,
  corp: WecomCorp,
  exchange: Exchange,
  body: Record<string, unknown> | undefined,
): Answer | undefined {
  const allowed = state.world.script.platforms.wecom.allowedIps;
  if (allowed && !allowed.includes(exchange.ip)) return refusal(60020, exchange.ip);
  if (!state.perCorp.take(corp.corpId, state.world.clock.ms())) return refusal(45009);
  if (!body) return refusal(40058, 'body is no JSON object');
  if (body.agentid === undefined || body.agentid === null || body.agentid === '') return refusal(41011);
  if (!Number.isInteger(body.agentid)) return refusal(40058, 'agentid');
  if (body.agentid !== corp.agentId) return refusal(60011);
  if (!KNOWN_TYPES.has(asText(body.msgtype))) return refusal(40008);
  for (const flag of ['safe', 'enable_id_trans', 'enable_duplicate_check'])
    if (body[flag] !== undefined && body[flag] !== 0 && body[flag] !== 1) return refusal(40058, flag);
  const interval = body.duplicate_check_interval;
  const isInterval = Number.isInteger(interval) && Number(interval) >= 1 && Number(interval) <= MAX_INTERVAL_SEC;
  return interval === undefined || isInterval ? undefined : refusal(40058, 'duplicate_check_interval');
}

const intervalOf = (body: Record<string, unknown>): number | null =>
  body.enable_duplicate_check === 1 ? Number(body.duplicate_check_interval ?? DEFAULT_INTERVAL_SEC) : null;

function audienceOf(state: WecomState, corp: WecomCorp, body: Record<string, unknown>): Audience | Answer {
  for (const field of ['touser', 'toparty', 'totag'])
    if (body[field] !== undefined && typeof body[field] !== 'string') return refusal(40058, field);
  const [users, parties, tags] = [body.touser, body.toparty, body.totag].map((list) => asText(list).split('|').filter(Boolean));
  if (!users || !parties || !tags || users.length + parties.length + tags.length === 0) return refusal(82001);
  if (users.length > MAX_USERS) return refusal(40058, 'touser');
  if (parties.length > MAX_PARTIES) return refusal(40058, 'toparty');
  if (tags.length > MAX_PARTIES) return refusal(40058, 'totag');
  const wanted = users.includes('@all')
    ? state.world.people.membersOf(corp.corpId)
    : [...new Map(users.map((user) => [user.toLowerCase(), user])).values()];
  const valid = wanted.filter((user) => state.world.people.memberExists(corp.corpId, user));
  const invalid = wanted.filter((user) => !state.world.people.memberExists(corp.corpId, user));
  return { valid, invalid, invalidParties: parties.join('|'), invalidTags: tags.join('|') };
}

function answerOf(state: WecomState, corp: WecomCorp, message: ReadMessage, messageId: string, audience: Audience): object {
  const isInteractive = message.card !== null && message.card.type !== 'notice';
  const grant = { corpId: corp.corpId, agentId: corp.agentId, messageId, userId: null };
  return {
    ...(audience.invalid.length > 0 ? { invaliduser: audience.invalid.join('|').toLowerCase() } : {}),
    ...(audience.invalidParties ? { invalidparty: audience.invalidParties } : {}),
    ...(audience.invalidTags ? { invalidtag: audience.invalidTags } : {}),
    msgid: messageId,
    ...(isInteractive ? { response_code: state.responseCodes.issue(grant, state.world.clock.ms()) } : {}),
  };
}

/** @returns how many were dropped for the member's limit */
function showOnPhones(
  state: WecomState,
  corp: WecomCorp,
  message: ReadMessage,
  users: readonly string[],
  facts: { requestHash: string; messageId: string; deduped: boolean },
): number {
  const { kind, title, body, link, buttonText, card, taskId } = message;
  const attemptKey = attemptKeyOf(taskId, link, body);
  let droppedCount = 0;
  for (const recipient of users) {
    const dropped =
      !facts.deduped && !state.perMember.take(`${corp.corpId}/${corp.agentId}/${recipient.toLowerCase()}`, state.world.clock.ms());
    if (dropped) droppedCount += 1;
    state.world.observation.record({
      platform: 'wecom',
      account: state.world.accountName,
      corpId: corp.corpId,
      recipient,
      kind,
      title,
      body,
      link: link ?? firstLink(body),
      buttonText,
      attemptKey,
      dropped,
      templateId: null,
      fields: [],
      card,
      ...facts,
    });
  }
  return droppedCount;
}

const subjectOf = (users: readonly string[]): string => `${users.slice(0, 3).join('、')}${users.length > 3 ? '…' : ''}`;

function detailOf(audience: Audience, dropped: number): Remark {
  const missing = audience.invalid.length;
  const zh = [missing > 0 ? `${missing} 个成员不存在` : '', dropped > 0 ? `${dropped} 人超过每分钟 30 条，已丢弃` : ''];
  const en = [missing > 0 ? `${missing} unknown members` : '', dropped > 0 ? `${dropped} over 30 a minute, dropped` : ''];
  return [zh.filter(Boolean).join('，'), en.filter(Boolean).join(', ')];
}
