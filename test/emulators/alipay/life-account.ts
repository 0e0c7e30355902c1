import { asText, isObject } from '../world/json-values';
import { hashOf, type NewMessage } from '../world/observation';
import type { AlipayState } from './alipay-emulator';
import type { Request } from './gateway';
import { done, type Outcome, refused } from './gateway-answers';

interface Said {
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const EVENTS = new Set(['follow', 'click', 'enter_ppchat']);
const isUrl = (value: unknown): boolean => /^https?:\/\/\S+$/.test(asText(value));
const malformed = (detail: string, subject = ''): Outcome => refused('isv.invalid-parameter', { subject, detail });

/** `alipay.open.public.message.single.send`: person → template → context → quota → phone. */
export function sendToFollower(state: AlipayState, { biz, raw }: Request): Outcome {
  const openId = asText(biz.to_open_id) || asText(biz.to_user_id);
  if (!state.world.people.alipayExists(openId)) return refused('USER_ID_INVALID', { subject: openId });
  const template = isObject(biz.template) ? biz.template : {};
  const templateId = asText(template.template_id);
  if (templateId === '') return malformed('template_id', openId);
  if (!isObject(template.context)) return malformed('context', openId);
  const { url, action_name: _button, head_color: _colour, ...rest } = template.context;
  if (url !== undefined && !isUrl(url)) return malformed('context.url', openId);
  const fields = Object.entries(rest).map(([name, field]) => ({ name, value: isObject(field) ? asText(field.value) : '' }));
  const empty = fields.find(({ value }) => value === '');
  if (fields.length === 0 || empty) return malformed(`context.${empty?.name ?? 'first'}`, openId);
  if (!state.world.script.takeQuota('alipay', 1)) return refused('isv.app-call-limited', { subject: openId });
  const body = fields.map(({ value }) => value).join('\n');
  show(state, raw, 'life-template', openId, { title: '', body, link: asText(url) || null, fields }, templateId);
  return done({}, openId);
}

/** `…total.send`: content → quota → every registered person. Counts as one send. */
export function sendToAll(state: AlipayState, { biz, raw }: Request): Outcome {
  const said = contentOf(biz);
  if (!said) return malformed(asText(biz.msg_type) || 'msg_type');
  if (!state.world.script.takeQuota('alipay', 1)) return refused('isv.app-call-limited');
  const id = state.world.newId('life');
  for (const openId of state.world.people.alipayOpenIds()) show(state, raw, 'life-message', openId, said);
  return done({ message_id: id });
}

/** `…custom.send`: person → event → content → quota → phone. That the event really happened is not looked at. */
export function answerFollower(state: AlipayState, { biz, raw }: Request): Outcome {
  const openId = asText(biz.open_id) || asText(biz.to_user_id);
  if (!state.world.people.alipayExists(openId)) return refused('USER_ID_INVALID', { subject: openId });
  if (!EVENTS.has(asText(biz.event_type))) return malformed('event_type', openId);
  if (!['0', '1'].includes(asText(biz.chat))) return malformed('chat', openId);
  const said = contentOf(biz);
  if (!said) return malformed(asText(biz.msg_type) || 'msg_type', openId);
  if (!state.world.script.takeQuota('alipay', 1)) return refused('isv.app-call-limited', { subject: openId });
  show(state, raw, 'life-answer', openId, said);
  return done({}, openId);
}

/** undefined: a part is missing. */
function contentOf(biz: Readonly<Record<string, unknown>>): Said | undefined {
  if (biz.msg_type === 'text') {
    const body = isObject(biz.text) ? asText(biz.text.content) : '';
    return body === '' ? undefined : { title: '', body, link: null, fields: [] };
  }
  const articles = biz.msg_type === 'image-text' && Array.isArray(biz.articles) ? biz.articles.filter(isObject) : [];
  const [first] = articles;
  if (!first || articles.some(({ title, desc, url }) => asText(title) === '' || asText(desc) === '' || !isUrl(url))) return undefined;
  const fields = articles.map(({ title, url }) => ({ name: asText(title), value: asText(url) }));
  return { title: asText(first.title), body: articles.map(({ desc }) => asText(desc)).join('\n'), link: asText(first.url), fields };
}

function show(state: AlipayState, raw: Buffer, kind: NewMessage['kind'], recipient: string, said: Said, templateId: string | null = null) {
  const { world } = state;
  world.observation.record({
    platform: 'alipay',
    account: world.accountName,
    corpId: null,
    recipient,
    kind,
    ...said,
    buttonText: null,
    attemptKey: null,
    requestHash: hashOf(raw),
    messageId: world.newId('ali'),
    deduped: false,
    dropped: false,
    templateId,
    card: null,
  });
}
