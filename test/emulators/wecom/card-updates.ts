import type { Exchange } from '../http/router';
import { refusal, success } from '../world/errcode';
import { asText, isObject, parseJson } from '../world/json-values';
import type { ObservedMessage } from '../world/observation';
import type { Answer } from '../world/platform-call';
import { readCard } from './card-rules';
import { isAnswer } from './corp-tokens';
import type { ResponseGrant } from './response-codes';
import type { WecomState } from './wecom-emulator';

/**
 * `POST /cgi-bin/message/update_template_card`. NOTE: the documentation read names no code for a used or outlived
 * response code; 40058 stands for it here.
 */
export function updateCard(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(40058, 'body is no JSON object');
  if (body.agentid === undefined) return refusal(41011);
  if (body.agentid !== app.agentId) return refusal(60011);
  const users = Array.isArray(body.userids) ? body.userids.filter((user): user is string => typeof user === 'string') : [];
  if (users.length === 0 && body.atall !== 1) return refusal(82001);
  if (users.length > 1000) return refusal(40058, 'userids');
  const note = isObject(body.button) ? asText(body.button.replace_name) : '';
  const replacement = body.template_card === undefined ? null : readCard(body.template_card);
  if (replacement && 'field' in replacement) return refusal(40058, `template_card.${replacement.field}`);
  if (!note && !replacement) return refusal(40058, 'button.replace_name');
  const grant = state.responseCodes.use(asText(body.response_code), app, state.world.clock.ms());
  if (!grant) return refusal(40058, 'response_code is used, expired or unknown');
  const text = note || (replacement ? replacement.title : '');
  const changed = changeCards(state, grant, body.atall === 1 ? null : users, text);
  const missing = users.filter((user) => !changed.has(user.toLowerCase())).map((user) => user.toLowerCase());
  return success({ invaliduser: missing }, { subject: users.slice(0, 3).join('、'), count: Math.max(changed.size, 1), detail: text });
}

/** @returns the members, in lower case, whose card now says `text` */
export function changeCards(state: WecomState, grant: ResponseGrant, users: readonly string[] | null, text: string): Set<string> {
  const wanted = users ? new Set(users.map((user) => user.toLowerCase())) : null;
  const changed = new Set<string>();
  for (const message of cardsOf(state, grant)) {
    const user = message.recipient.toLowerCase();
    if (!message.cardState || (wanted && !wanted.has(user))) continue;
    message.cardState.state = 'updated';
    message.cardState.note = text;
    changed.add(user);
  }
  if (changed.size > 0) state.world.observation.touched();
  return changed;
}

function* cardsOf(state: WecomState, grant: ResponseGrant): Generator<ObservedMessage> {
  if (grant.userId !== null) {
    const chat = state.world.observation.chat(`wecom:${grant.corpId}/${grant.userId.toLowerCase()}`);
    for (const entry of chat) if (!('own' in entry) && entry.messageId === grant.messageId) yield entry;
    return;
  }
  for (const message of state.world.observation.after(0)) if (message.messageId === grant.messageId) yield message;
}
