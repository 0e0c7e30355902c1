import type { Call, Channel, SendResult } from '../channel';
import { failuresOf } from '../errcode-answer';
import { allRefused } from '../platform-answer';
import { isNode, nodesOf, textOf, textsOf } from '../push-body';
import type { WecomApp, WecomClient } from './client';
import { linkMark } from './encode';
import { wecom } from './errors';

type StaffResults = Awaited<ReturnType<NonNullable<Channel['staffResults']>>>;

/** Pages of results: the platform gives a thousand a page, and a task has at most 10,000 customers. */
const mostPages = 20;

/**
 * Customers of the city's own members. The platform makes a task of each call and asks the member; nothing reaches a customer
 * until the member confirms. It recognises no repeat: the same call again is a second task.
 * @see https://developer.work.weixin.qq.com/document/path/92135 (read 2026-11)
 */
export async function sendToContacts(client: WecomClient, app: WecomApp, call: Call, signal: AbortSignal): Promise<readonly SendResult[]> {
  const body = encodeContactCall(call);
  if (!body) return allRefused(call.recipients, { class: 'permanent', code: 'not-contact' });
  const answer = await client.call(app, { path: '/cgi-bin/externalcontact/add_msg_template', body, signal });
  const failure = failuresOf(wecom, call.recipients, answer);
  if (failure || answer.kind !== 'answer') return failure ?? [];
  const failed = new Set(textsOf(answer.body.fail_list));
  const platformId = textOf(answer.body, 'msgid');
  return call.recipients.map(({ ref, address }) =>
    address.type === 'wecom-contact' && !failed.has(address.externalUserId)
      ? { ref, outcome: 'accepted', platformId, awaits: 'staff' }
      : { ref, outcome: 'refused', class: 'permanent', code: 'not-sendable' },
  );
}

/** undefined: somebody in the call is no customer, or of another member. */
export function encodeContactCall({ recipients, content }: Call): string | undefined {
  const { body } = content;
  if (body.channel !== 'wecom' || body.form !== 'contact') throw new Error('customers get a text');
  const [first] = recipients;
  const staff = first?.address.type === 'wecom-contact' ? first.address.staffUserId : undefined;
  const customers = recipients.flatMap(({ address }) =>
    address.type === 'wecom-contact' && address.staffUserId === staff ? [address.externalUserId] : [],
  );
  if (!first || staff === undefined || customers.length < recipients.length) return undefined;
  return JSON.stringify({
    chat_type: 'single',
    external_userid: customers,
    sender: staff,
    text: { content: withLink(body.text, first.link) },
  });
}

const withLink = (text: string, link: string): string =>
  text.includes(linkMark) || link === '' ? text.replaceAll(linkMark, () => link) : `${text}\n${link}`;

/** Of `get_groupmsg_send_result`: 0 not sent yet, 1 sent, 2 no customer any more, 3 had the month's messages. */
const states: Readonly<Record<string, { readonly result: StaffResults[number]['result']; readonly code: string }>> = {
  '0': { result: 'waiting', code: 'waiting' },
  '1': { result: 'sent', code: '0' },
  '2': { result: 'failed', code: 'not-customer' },
  '3': { result: 'failed', code: 'contact-limit' },
};

/** Who of a task's customers was sent to by now. @see https://developer.work.weixin.qq.com/document/path/93338 (read 2026-11) */
export async function staffResults(client: WecomClient, app: WecomApp, platformId: string): Promise<StaffResults> {
  const path = '/cgi-bin/externalcontact';
  const members = await pages(client, app, `${path}/get_groupmsg_task`, { msgid: platformId }, 'task_list');
  const results: StaffResults[number][] = [];
  for (const member of members) {
    const query = { msgid: platformId, userid: textOf(member, 'userid') };
    for (const row of await pages(client, app, `${path}/get_groupmsg_send_result`, query, 'send_list')) {
      const state = states[textOf(row, 'status')];
      if (state) results.push({ externalUserId: textOf(row, 'external_userid'), ...state });
    }
  }
  return results;
}

async function pages(client: WecomClient, app: WecomApp, path: string, query: Readonly<Record<string, string>>, list: string) {
  const rows: ReturnType<typeof nodesOf>[number][] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const body = await client.demand(app, { path, body: JSON.stringify({ ...query, limit: 1000, ...(cursor ? { cursor } : {}) }) });
    rows.push(...nodesOf(body[list]));
    cursor = isNode(body) ? textOf(body, 'next_cursor') : '';
    if (cursor === '') break;
  }
  return rows;
}
