import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { asText, bytesOf, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import type { WecomState } from './wecom-emulator';

/** The group as an address of the observation: everybody in it sees the same. */
const RECIPIENT = 'robot';
const MOST_BYTES: Readonly<Record<string, number>> = { text: 2048, markdown: 4096 };

/** `webhook/send`: key → rate → quota → content. Whether the surplus counts is not documented: here it does not. */
export function sayInGroup(state: WecomState, { query, raw }: Exchange): Answer {
  const { world, perRobot } = state;
  const deny = (code: number, detail = ''): Answer => refusal(code, detail, { subject: RECIPIENT });
  if (query.get('key') !== world.accounts.wecom.robotKey) return deny(93000);
  const body = parseJson(raw);
  if (!body) return deny(47001);
  const kind = asText(body.msgtype);
  const most = MOST_BYTES[kind];
  if (most === undefined) return deny(40008, 'msgtype');
  const part = body[kind];
  const content = isObject(part) ? asText(part.content) : '';
  if (content === '') return deny(44004, `${kind}.content`);
  if (bytesOf(content) > most) return deny(40058, `${kind}.content exceed max length ${most}`);
  if (!world.script.takeQuota('wecom', 1)) return deny(45009);
  if (!perRobot.take(RECIPIENT, world.clock.ms())) return deny(45009, 'exceed 20 times per minute');
  world.observation.record({
    platform: 'wecom',
    account: world.accountName,
    corpId: world.accounts.wecom.corpId,
    recipient: RECIPIENT,
    kind: `robot-${kind}`,
    title: '',
    body: content,
    link: /\]\((https?:\/\/[^)\s]+)\)/.exec(content)?.[1] ?? null,
    buttonText: null,
    attemptKey: null,
    requestHash: hashOf(raw),
    messageId: world.newId('rob'),
    deduped: false,
    dropped: false,
    templateId: null,
    fields: [],
    card: null,
  });
  return success({}, { subject: RECIPIENT });
}
