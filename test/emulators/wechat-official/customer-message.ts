import type { Exchange } from '../http/router';
import { linkIn } from '../world/attempt-key';
import { refusal, success } from '../world/errcode';
import { asText, bytesOf, isObject, parseJson } from '../world/json-values';
import { hashOf, type NewMessage } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { chatMessage } from './events';
import { isFollower, type OfficialState } from './official-emulator';

type Shown = Pick<NewMessage, 'kind' | 'title' | 'body' | 'link'>;

/** `POST /cgi-bin/message/custom/send`: token → person → content → follower → window → quota → phone. It recognises no repeat. */
export function sendCustomerMessage(state: OfficialState, exchange: Exchange): Answer {
  const body = parseJson(exchange.raw);
  const openid = asText(body?.touser);
  const facts = { subject: openid };
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return { ...denied, ...facts };
  if (!body) return refusal(47001, '', facts);
  if (!state.world.people.officialOpenidExists(openid)) return refusal(40003, '', facts);
  const shown = readContent(state, body);
  if (typeof shown === 'number') return refusal(shown, '', facts);
  if (!isFollower(state, openid)) return refusal(45015, '', facts);
  const closed = state.windows.take(openid);
  if (closed) return refusal(closed, '', facts);
  if (!state.world.script.takeQuota('wechat-official', 1)) return refusal(45009, '', facts);
  state.world.observation.record(chatMessage(state, openid, { ...shown, requestHash: hashOf(exchange.raw) }));
  return success({}, facts);
}

function readContent(state: OfficialState, body: Record<string, unknown>): Shown | number {
  const kind = asText(body.msgtype);
  const content = isObject(body[kind]) ? (body[kind] as Record<string, unknown>) : undefined;
  if (kind === 'text') return content ? readText(asText(content.content)) : 44004;
  if (kind === 'news') return readNews(Array.isArray(content?.articles) ? content.articles : []);
  if (kind === 'miniprogrampage') return readPage(state, content ?? {});
  return 40008;
}

function readText(text: string): Shown | number {
  if (text === '') return 44004;
  if (bytesOf(text) > 2048) return 45002;
  return { kind: 'text', title: '', body: text, link: linkIn(text) };
}

/** One article at most. */
function readNews(articles: readonly unknown[]): Shown | number {
  const [article] = articles;
  if (articles.length !== 1 || !isObject(article)) return 45008;
  const [title, link] = [asText(article.title), asText(article.url)];
  if (title === '') return 44004;
  return { kind: 'news', title, body: asText(article.description), link: link || null };
}

/** The card's picture must have been uploaded; the sandbox keeps no media and knows none. */
function readPage(state: OfficialState, content: Record<string, unknown>): Shown | number {
  if (content.appid !== state.world.accounts.wechatMini.appId) return 40013;
  if (asText(content.thumb_media_id) === '') return 40007;
  const page = asText(content.pagepath);
  if (page === '' || page.startsWith('/')) return 40165;
  return { kind: 'miniprogrampage', title: asText(content.title), body: '', link: page };
}
