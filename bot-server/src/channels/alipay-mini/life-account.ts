import { idOf } from '../errcode-answer';
import type { LifeAccount, LifeAnswer, LifeArticle, LifeContent, LifeMessage } from '../life-account';
import { PlatformError } from '../platform-error';
import { requireFields } from '../require-fields';
import type { GatewayClient, GatewayRequest } from './client';
import { isUserId } from './encode';
import { explain } from './errors';
import { checkLife } from './life-fields';

const events = { follow: 'follow', click: 'click', enter: 'enter_ppchat' } as const satisfies Record<LifeAnswer['event'], string>;

/** Over the same gateway, key and app as the mini-program: the life account must belong to that app. */
export function lifeAccount(client: GatewayClient): LifeAccount {
  const send = async (request: GatewayRequest): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await client.call(request);
    if (answer.kind === 'answer') return answer.body;
    if (answer.kind === 'not-sent') throw new PlatformError('alipay-mini', answer.code, 'transient');
    if (answer.kind === 'unclear') throw new PlatformError('alipay-mini', answer.code, 'unknown');
    throw new PlatformError('alipay-mini', answer.code, classOf(answer.code));
  };
  return {
    check: checkLife,
    async sendOne(message) {
      requireFields(checkLife(message));
      await send({ method: 'alipay.open.public.message.single.send', biz: encodeOne(message) });
    },
    async sendAll(content) {
      requireFields(checkLife(content));
      const body = await send({ method: 'alipay.open.public.message.total.send', biz: encodeContent(content) });
      return { platformId: idOf(body.message_id) };
    },
    async answer(answer) {
      requireFields(checkLife(answer));
      const to = isUserId(answer.openid) ? { to_user_id: answer.openid } : { open_id: answer.openid };
      const biz = { ...to, ...encodeContent(answer), chat: '0', event_type: events[answer.event] };
      await send({ method: 'alipay.open.public.message.custom.send', biz });
    },
  };
}

const classOf = (code: string) => (code === 'http-429' ? 'quota' : code.startsWith('http-') ? 'auth' : explain(code).class);

function encodeOne({ openid, templateId, context }: LifeMessage): object {
  const fields = Object.fromEntries(
    Object.keys(context.fields)
      .sort()
      .map((key) => [key, { value: context.fields[key] }]),
  );
  return {
    ...(isUserId(openid) ? { to_user_id: openid } : { to_open_id: openid }),
    template: {
      template_id: templateId,
      context: {
        ...(context.url === null ? {} : { url: context.url }),
        ...(context.buttonText === null ? {} : { action_name: context.buttonText }),
        ...fields,
      },
    },
  };
}

const encodeContent = (content: LifeContent): object =>
  'text' in content
    ? { msg_type: 'text', text: { content: content.text } }
    : { msg_type: 'image-text', articles: content.articles.map(encodeArticle) };

const encodeArticle = ({ title, text, url, imageUrl }: LifeArticle): object => ({
  title,
  desc: text,
  url,
  ...(imageUrl === null ? {} : { image_url: imageUrl }),
});
