import type { Exchange } from '../http/router';
import { attemptKeyOf, firstLink } from '../world/attempt-key';
import { refusal, success } from '../world/errcode';
import { asText, bytesOf, isObject, parseJson } from '../world/json-values';
import { hashOf } from '../world/observation';
import type { Answer } from '../world/platform-call';
import type { ContactTask } from './contact-tasks';
import { isAnswer } from './corp-tokens';
import type { WecomState } from './wecom-emulator';

const MAX_CUSTOMERS = 10_000;
const MAX_ATTACHMENTS = 9;
const TEXT_BYTES = 4000;

/** `POST /cgi-bin/externalcontact/add_msg_template`: a task for the member `sender`. There is no duplicate check. */
export function addMsgTemplate(state: WecomState, exchange: Exchange): Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const allowed = state.world.script.platforms.wecom.allowedIps;
  if (allowed && !allowed.includes(exchange.ip)) return refusal(60020, exchange.ip);
  const body = parseJson(exchange.raw);
  if (!body) return refusal(40058, 'body is no JSON object');
  const field = brokenField(body);
  if (field) return refusal(40058, field);
  const sender = asText(body.sender);
  if (!state.world.people.memberExists(app.corpId, sender)) return refusal(60111, 'sender', { subject: sender });
  const wanted = [...new Set((body.external_userid as string[]).map(String))];
  const valid = wanted.filter((id) => state.contacts.isCustomer(id) && state.contacts.mayGetMore(app.corpId, id));
  const failList = wanted.filter((id) => !valid.includes(id));
  const facts = { subject: sender, count: valid.length };
  if (valid.length === 0) {
    const refused = refusal(41048, '', { subject: sender, count: wanted.length });
    return { ...refused, body: { ...refused.body, fail_list: failList } };
  }
  if (!state.world.script.takeQuota('wecom', valid.length)) return refusal(45009, '', facts);
  const task: ContactTask = {
    msgid: state.world.newId('msgGC'),
    corpId: app.corpId,
    staffUserId: sender,
    text: asText(isObject(body.text) ? body.text.content : ''),
    requestHash: hashOf(exchange.raw),
    at: state.world.clock.now().toISOString(),
    customers: valid.map((externalUserId) => ({ externalUserId, status: 0, sentAtSec: null })),
    state: 'waiting',
  };
  state.contacts.add(task);
  state.world.observation.touched();
  return success({ fail_list: failList, msgid: task.msgid }, { ...facts, detail: ['等待员工确认', 'waits for the member'] });
}

function brokenField(body: Record<string, unknown>): string | undefined {
  if (body.chat_type !== undefined && body.chat_type !== 'single') return 'chat_type';
  const customers = body.external_userid;
  const areTexts = Array.isArray(customers) && customers.length > 0 && customers.every((id) => typeof id === 'string');
  if (!areTexts || customers.length > MAX_CUSTOMERS) return 'external_userid';
  if (asText(body.sender) === '') return 'sender';
  const content = asText(isObject(body.text) ? body.text.content : '');
  if (content === '' || bytesOf(content) > TEXT_BYTES) return 'text.content';
  const attachments = body.attachments ?? [];
  return Array.isArray(attachments) && attachments.length <= MAX_ATTACHMENTS ? undefined : 'attachments';
}

/** `POST /cgi-bin/externalcontact/get_groupmsg_task`: who is to confirm, and did. */
export function getGroupMsgTask(state: WecomState, exchange: Exchange): Answer {
  const task = taskOf(state, exchange);
  if (isAnswer(task)) return task;
  const sentAtSec = task.customers.find((customer) => customer.sentAtSec !== null)?.sentAtSec;
  const row = { userid: task.staffUserId, status: task.state === 'sent' ? 2 : 0, ...(sentAtSec ? { send_time: sentAtSec } : {}) };
  return success({ next_cursor: '', task_list: [row] }, { subject: task.msgid });
}

/** `POST /cgi-bin/externalcontact/get_groupmsg_send_result`: what became of each customer, in pages. */
export function getGroupMsgSendResult(state: WecomState, exchange: Exchange): Answer {
  const task = taskOf(state, exchange);
  if (isAnswer(task)) return task;
  const { userid, limit, cursor } = parseJson(exchange.raw) ?? {};
  if (userid !== task.staffUserId) return refusal(40058, 'userid');
  const size = Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= 1000 ? Number(limit) : 500;
  const from = Number(cursor ?? 0) || 0;
  const list = task.customers.slice(from, from + size).map(({ externalUserId, status, sentAtSec }) => ({
    external_userid: externalUserId,
    userid: task.staffUserId,
    status,
    ...(sentAtSec === null ? {} : { send_time: sentAtSec }),
  }));
  const next = from + size < task.customers.length ? String(from + size) : '';
  return success({ next_cursor: next, send_list: list }, { subject: task.msgid, count: list.length });
}

function taskOf(state: WecomState, exchange: Exchange): ContactTask | Answer {
  const app = state.tokens.check(exchange.query.get('access_token'));
  if (isAnswer(app)) return app;
  const msgid = asText(parseJson(exchange.raw)?.msgid);
  if (!msgid) return refusal(41046);
  const task = state.contacts.get(msgid);
  return task?.corpId === app.corpId ? task : refusal(41047, '', { subject: msgid });
}

/** The member confirms; the message is then on the customers' phones. */
export function confirmTask(state: WecomState, task: ContactTask): { sent: number; failed: number } {
  const { world } = state;
  const link = firstLink(task.text);
  return state.contacts.confirm(task, (externalUserId) => {
    world.observation.record({
      platform: 'wecom',
      account: world.accountName,
      corpId: task.corpId,
      recipient: externalUserId,
      kind: 'contact-text',
      title: '',
      body: task.text,
      link,
      buttonText: null,
      attemptKey: attemptKeyOf(link, task.text),
      requestHash: task.requestHash,
      messageId: task.msgid,
      deduped: false,
      dropped: false,
      templateId: null,
      fields: [],
      card: null,
    });
  });
}
