import type { Publish, PublishResult, PublishState } from '../broadcast';
import { idOf } from '../errcode-answer';
import { PlatformError } from '../platform-error';
import { isNode, nodesOf, type PushNode, textOf, textsOf } from '../push-body';
import { requireFields } from '../require-fields';
import type { WechatClient } from '../wechat-client';

/** By the platform's number. @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_get (read 2026-11) */
const states: readonly PublishState[] = ['publishing', 'not-original', 'failed', 'refused', 'deleted', 'banned'];
const stateOf = (number: string): PublishState | undefined => (number === '0' ? 'published' : states[Number(number) - 1]);

/**
 * That a draft was taken says nothing of its end: it comes with the event PUBLISHJOBFINISH, and can be asked for.
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_submit (read 2026-11)
 */
export function publisher(client: WechatClient): Publish {
  return {
    async submit(mediaId) {
      requireFields(mediaId.trim() === '' ? [{ field: 'mediaId', rule: 'required', detail: '请选择要发布的图文草稿' }] : []);
      const { publish_id: id } = await client.demand({
        path: '/cgi-bin/freepublish/submit',
        body: JSON.stringify({ media_id: mediaId }),
      });
      const publishId = idOf(id);
      // Taken, and we cannot say under which number: to be looked for, not sent again.
      if (publishId === '') throw new PlatformError('wechat-official', 'no-id', 'unknown');
      return { publishId };
    },
    async find(publishId) {
      const body = await client.demand({ path: '/cgi-bin/freepublish/get', body: JSON.stringify({ publish_id: publishId }) });
      const result = publishResultOf(body);
      if (!result) throw new PlatformError('wechat-official', 'no-state', 'unknown');
      return result;
    },
  };
}

/** The same fields in the answer (JSON) and in the event (XML). undefined: a state that we do not know. */
export function publishResultOf(node: PushNode): PublishResult | undefined {
  const number = textOf(node, 'publish_status');
  const state = stateOf(number);
  if (!state) return undefined;
  return {
    state,
    code: state === 'publishing' || state === 'published' ? null : `publish-${number}`,
    articleId: textOf(node, 'article_id'),
    articles: nodesOf(isNode(node.article_detail) ? node.article_detail.item : undefined).map((item) => ({
      index: Number(textOf(item, 'idx')),
      url: textOf(item, 'article_url'),
    })),
    failedIndexes: textsOf(node.fail_idx).map(Number),
  };
}
