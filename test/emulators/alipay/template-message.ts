import { attemptKeyOf } from '../world/attempt-key';
import { asText, isObject } from '../world/json-values';
import { hashOf } from '../world/observation';
import { type AlipayState, alipayTemplateOf } from './alipay-emulator';
import type { Request } from './gateway';
import { done, type Outcome, refused } from './gateway-answers';

const VALUE_LENGTH = 50;
const PAGE_LENGTH = 1024;

/** `alipay.open.app.mini.templatemessage.send`: person → template → content → quota → consent → phone. */
export function sendTemplateMessage(state: AlipayState, { biz, raw }: Request): Outcome {
  const openId = asText(biz.to_open_id) || asText(biz.to_user_id);
  const deny = (subCode: string, detail = ''): Outcome => refused(subCode, { subject: openId, detail });
  if (!state.world.people.alipayExists(openId)) return deny('USER_ID_INVALID');
  const template = alipayTemplateOf(state, asText(biz.user_template_id));
  if (!template) return deny('USER_TEMPLATE_ILLEGAL');
  const page = asText(biz.page);
  if (page === '' || page.length > PAGE_LENGTH) return deny('PAGE_OVER_LIMIT');
  const values = valuesOf(biz.data);
  if (values === 'empty') return deny('DATA_IS_EMPTY');
  if (values === 'malformed') return deny('DATA_CONTENT_FORMAT_ERROR');
  const missing = template.keywords.find(({ key }) => !values[key]);
  if (missing) return deny('USER_TEMPLATE_LACK_KEYWORD', missing.key);
  const long = template.keywords.find(({ key }) => [...(values[key] ?? '')].length > VALUE_LENGTH);
  if (long) return deny('USER_KEYWORD_LENGTH_ERROR', long.key);
  if (!state.world.script.takeQuota('alipay', 1)) return deny('isv.app-call-limited');
  if (!state.subscriptions.consume(openId, template.id)) return deny('MSG_UNSUBSCRIBED');
  const rows = template.keywords.map(({ key, name }) => ({ name, value: values[key] ?? '' }));
  state.world.observation.record({
    platform: 'alipay',
    account: state.world.accountName,
    corpId: null,
    recipient: openId,
    kind: 'template-message',
    title: template.title,
    body: rows.map(({ name, value }) => `${name}：${value}`).join('\n'),
    link: page,
    buttonText: null,
    attemptKey: attemptKeyOf(page, ...rows.map(({ value }) => value)),
    requestHash: hashOf(raw),
    messageId: state.world.newId('ali'),
    deduped: false,
    dropped: false,
    templateId: template.id,
    fields: rows,
    card: null,
  });
  return done({}, openId);
}

/** `data` is a string that holds JSON: `{"keyword1":{"value":"…"}}`. */
function valuesOf(data: unknown): Readonly<Record<string, string>> | 'empty' | 'malformed' {
  if (data === undefined || data === '') return 'empty';
  if (typeof data !== 'string') return 'malformed';
  let read: unknown;
  try {
    read = JSON.parse(data);
  } catch {
    return 'malformed';
  }
  if (!isObject(read)) return 'malformed';
  const entries = Object.entries(read).map(([key, field]) => [key, isObject(field) ? asText(field.value) : ''] as const);
  return entries.length === 0 ? 'empty' : Object.fromEntries(entries);
}

/** `alipay.open.app.messagetemplate.subscribe.query`: templates never subscribed are absent. */
export function querySubscriptions(state: AlipayState, { biz }: Request): Outcome {
  const openId = asText(biz.open_id) || asText(biz.user_id);
  const deny = (subCode: string): Outcome => refused(subCode, { subject: openId });
  if (!state.world.people.alipayExists(openId)) return deny('USER_ID_INVALID');
  const ids = Array.isArray(biz.template_id_list) ? biz.template_id_list.map(String) : [];
  if (ids.length === 0 || ids.length > 3) return deny('isv.invalid-parameter');
  const relations = ids.flatMap((id) => {
    const credit = state.subscriptions.of(openId, id);
    if (!credit) return [];
    const subscribe_state = credit.left > 0 ? 'SUBSCRIBED' : 'UNSUBSCRIBED';
    return [
      {
        template_id: id,
        subscribe_type: credit.isLongTerm ? 'LONG_TERM' : 'ONE_TIME',
        subscribe_state,
        keep_state: 'NOT_KEEP',
        show: true,
      },
    ];
  });
  return done({ show_component: true, subscribe_relations: relations }, openId);
}
