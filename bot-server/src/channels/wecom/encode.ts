import type { Address, Call, ChannelBody, Recipient } from '../channel';
import type { InteractiveCard } from '../chat';

/** Where the personal link goes in a text; without it the link follows on a line of its own. */
export const linkMark = '{link}';

type WecomBody = Extract<ChannelBody, { channel: 'wecom' }>;

/** The corp and app a call is made as; `userIds` in the order of the recipients. */
export interface WecomTarget {
  readonly corpId: string;
  readonly agentId: number;
}

/** Which corp an address belongs to; undefined: not an address of this channel. */
export function targetOf(address: Address, own: WecomTarget): WecomTarget | undefined {
  if (address.type === 'wecom-member') return own;
  return address.type === 'wecom-linked' ? { corpId: address.corpId, agentId: address.agentId } : undefined;
}

export const userIdOf = (address: Address): string =>
  address.type === 'wecom-member' || address.type === 'wecom-linked' ? address.userId : '';

/**
 * The request body of a call, the same bytes for the same call: members in a fixed order, no clock, no chance. The platform
 * recognises a repeat only by the identical request, so this is what makes a replay after a crash harmless.
 */
export function encodeCall(call: Call, target: WecomTarget, duplicateCheckSec: number): string {
  const body = call.content.body;
  if (body.channel !== 'wecom') throw new Error(`a ${body.channel} body on wecom`);
  return JSON.stringify({
    touser: call.recipients.map(({ address }) => userIdOf(address)).join('|'),
    ...messageOf(body, call.recipients),
    agentid: target.agentId,
    enable_id_trans: 0,
    enable_duplicate_check: 1,
    duplicate_check_interval: duplicateCheckSec,
  });
}

function messageOf(body: WecomBody, recipients: readonly Recipient[]): object {
  if (body.form === 'contact') throw new Error('customers are not reached by an app message');
  if (body.form === 'card') return { msgtype: 'template_card', template_card: cardOf(body.card, body.title, body.description) };
  return {
    msgtype: 'textcard',
    textcard: { title: body.title, description: body.description, url: recipients[0]?.link ?? '', btntxt: body.buttonText },
  };
}

/** One question: a vote; two or three single ones: selects. */
export function cardOf(card: InteractiveCard, title: string, description: string): object {
  const head = { main_title: { title, desc: description }, task_id: card.taskId, submit_button: { text: card.submitText, key: 'submit' } };
  const [first] = card.questions;
  if (card.questions.length === 1 && first) {
    return {
      card_type: 'vote_interaction',
      ...head,
      main_title: { title, desc: first.title },
      checkbox: {
        question_key: first.key,
        mode: first.mode === 'single' ? 0 : 1,
        option_list: first.options.map((option) => ({ id: option.id, text: option.text, is_checked: false })),
      },
    };
  }
  return {
    card_type: 'multiple_interaction',
    ...head,
    select_list: card.questions.map((question) => ({
      question_key: question.key,
      title: question.title,
      option_list: question.options.map((option) => ({ id: option.id, text: option.text })),
    })),
  };
}

/** Replaces the button of an answered card. */
export const encodeCardUpdate = (userId: string, agentId: number, responseCode: string, text: string): string =>
  JSON.stringify({ userids: [userId], agentid: agentId, response_code: responseCode, button: { replace_name: text } });
