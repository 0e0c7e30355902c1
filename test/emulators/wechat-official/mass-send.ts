import type { Exchange } from '../http/router';
import { isAnswer } from '../wechat/app-access';
import { firstLink } from '../world/attempt-key';
import { refusal } from '../world/errcode';
import { asText, bytesOf, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { chatMessage, pushReport } from './events';
import { isFollower, type OfficialState } from './official-emulator';
import { numbered } from './template-message';

const KEY_BYTES = 64;

/** While a request with a key is under way, a second one is told to wait a minute. */
export function enterMassSend(state: OfficialState, exchange: Exchange): Answer | (() => void) {
  const key = asText(parseJson(exchange.raw)?.clientmsgid);
  if (key === '') return () => undefined;
  if (state.mass.underWay.has(key)) return refusal(45066);
  state.mass.underWay.add(key);
  return () => state.mass.underWay.delete(key);
}

type Audience = { readonly isToAll: boolean; readonly openids: readonly string[] };

/** `POST /cgi-bin/message/mass/sendall`: to all registered followers; which of them a tag means is not modelled. */
export function sendMassMessage(state: OfficialState, exchange: Exchange): Answer {
  return sendToMany(state, exchange, (body) => {
    const filter = isObject(body.filter) ? body.filter : {};
    const isToAll = filter.is_to_all === true;
    if (!isToAll && !Number.isInteger(filter.tag_id)) return refusal(40035, 'filter');
    return { isToAll, openids: state.world.people.officialOpenids().filter((openid) => isFollower(state, openid)) };
  });
}

/** `POST /cgi-bin/message/mass/send`: 2 to 10,000 openids; those unknown or not following get nothing and are counted. */
export function sendMassToList(state: OfficialState, exchange: Exchange): Answer {
  return sendToMany(state, exchange, ({ touser }) => {
    if (!Array.isArray(touser)) return refusal(40035, 'touser');
    if (touser.length < 2 || touser.length > 10_000) return refusal(40130);
    const openids = touser.map(asText);
    return openids.some((openid) => state.world.people.officialOpenidExists(openid)) ? { isToAll: false, openids } : refusal(40003);
  });
}

/** token → rate → audience → known key → content → quota → phones */
function sendToMany(state: OfficialState, exchange: Exchange, audienceOf: (body: Record<string, unknown>) => Audience | Answer): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  if (!state.mass.takeRequest()) return refusal(45011);
  const audience = audienceOf(body);
  if (isAnswer(audience)) return audience;
  const key = asText(body.clientmsgid);
  if (bytesOf(key) > KEY_BYTES) return refusal(45067);
  const known = key === '' ? undefined : state.mass.withKey(key);
  if (known) return withId(refusal(45065), known.id);
  const shown = contentOf(state, body);
  if (isAnswer(shown)) return shown;
  if (audience.isToAll && !state.mass.hasQuotaForAll()) return refusal(45028);
  if (shown.mediaId) state.publications.removeDraft(shown.mediaId);
  const id = state.ids.fresh();
  state.mass.add({ id, key, isToAll: audience.isToAll });
  deliver(state, id, audience.openids, shown, hashOf(exchange.raw));
  return numbered({ msg_id: id, msg_data_id: state.ids.fresh() }, { count: audience.openids.length });
}

interface Shown {
  readonly kind: 'text' | 'news';
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  /** Of a draft, which leaves the box when it is sent. */
  readonly mediaId?: string;
}

function contentOf(state: OfficialState, body: Record<string, unknown>): Shown | Answer {
  if (body.msgtype === 'mpnews') {
    const draft = state.publications.draft(isObject(body.mpnews) ? asText(body.mpnews.media_id) : '');
    return draft ? { kind: 'news', title: draft.title, body: '', link: draft.url, mediaId: draft.mediaId } : refusal(40007);
  }
  if (body.msgtype !== 'text') return refusal(40008);
  const text = isObject(body.text) ? asText(body.text.content) : '';
  if (text === '') return refusal(44004);
  return bytesOf(text) > 2048 ? refusal(45002) : { kind: 'text', title: '', body: text, link: firstLink(text) };
}

function deliver(state: OfficialState, id: bigint, openids: readonly string[], shown: Shown, requestHash: string): void {
  const { kind, title, body, link } = shown;
  const followers = openids.filter((openid) => isFollower(state, openid));
  const reached = followers.filter((openid) => state.mass.reaches(openid));
  for (const openid of reached)
    state.world.observation.record(chatMessage(state, openid, { kind, title, body, link, requestHash, messageId: String(id) }));
  pushReport(state, 'o-mass', {
    Event: 'MASSSENDJOBFINISH',
    MsgID: id,
    Status: 'send success',
    TotalCount: openids.length,
    FilterCount: followers.length,
    SentCount: reached.length,
    ErrorCount: followers.length - reached.length,
  });
}

function withId(answer: Answer, id: bigint): Answer {
  const text = JSON.stringify(answer.body);
  const body = Buffer.from(`${text.slice(0, -1)},"msg_id":${id}}`);
  return { ...answer, body, headers: { 'content-type': 'application/json; charset=utf-8' } };
}

/** `POST /cgi-bin/message/mass/get` */
export function findMassMessage(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const wanted = /"msg_id"\s*:\s*"?(\d+)"?/.exec(exchange.raw.toString('utf8'))?.[1] ?? '';
  const message = state.mass.find(wanted);
  if (!message) return refusal(40007, 'msg_id');
  const answer = numbered({ msg_id: message.id }, {});
  return { ...answer, body: Buffer.from(`{"msg_id":${message.id},"msg_status":"SEND_SUCCESS"}`) };
}
