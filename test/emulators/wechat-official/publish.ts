import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import { pushReport } from './events';
import type { OfficialState } from './official-emulator';
import type { Publication, PublishStatus } from './publications';

/** `POST /cgi-bin/freepublish/submit`: taken means under way; the end comes as PUBLISHJOBFINISH. */
export function submitPublication(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  const draft = state.publications.draft(asText(body.media_id));
  if (!draft) return refusal(40007);
  const { publishId } = state.publications.submit(draft);
  if (state.publications.ending !== 1) settlePublication(state, publishId, state.publications.ending);
  return success({ publish_id: publishId, msg_data_id: String(state.ids.fresh()) });
}

/** How a publication ends, or what becomes of it later; the platform tells. */
export function settlePublication(state: OfficialState, publishId: string, status: PublishStatus): void {
  const publication = state.publications.find(publishId);
  if (!publication) throw new Error(`no publication ${publishId}`);
  publication.status = status;
  if (status === 0) state.publications.removeDraft(publication.draft.mediaId);
  const { articleId, urls, failed } = outcomeOf(publication);
  pushReport(state, 'o-publisher', {
    Event: 'PUBLISHJOBFINISH',
    PublishEventInfo: {
      publish_id: Number(publishId),
      publish_status: status,
      ...(articleId ? { article_id: articleId } : {}),
      ...(urls.length > 0 ? { article_detail: { count: urls.length, item: itemsOf(urls) } } : {}),
      ...(failed.length > 0 ? { fail_idx: failed } : {}),
    },
  });
}

/** `POST /cgi-bin/freepublish/get` */
export function findPublication(state: OfficialState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(47001);
  const publication = state.publications.find(String(body.publish_id));
  if (!publication) return refusal(40035, 'publish_id');
  const { articleId, urls, failed } = outcomeOf(publication);
  const told = {
    publish_id: publication.publishId,
    publish_status: publication.status,
    article_id: articleId,
    ...(urls.length > 0 ? { article_detail: { count: urls.length, item: itemsOf(urls) } } : {}),
    fail_idx: failed,
  };
  return { ...success({}), body: told };
}

/** What is told beside the state; an article that was out keeps its id. */
function outcomeOf({ status, draft, publishId }: Publication): { articleId: string; urls: readonly string[]; failed: readonly number[] } {
  const wasOut = status === 0 || status === 5 || status === 6;
  const hasFailed = status === 2 || status === 3 || status === 4;
  return { articleId: wasOut ? `article-${publishId}` : '', urls: status === 0 ? [draft.url] : [], failed: hasFailed ? [1] : [] };
}

const itemsOf = (urls: readonly string[]) => urls.map((url, index) => ({ idx: index + 1, article_url: url }));
