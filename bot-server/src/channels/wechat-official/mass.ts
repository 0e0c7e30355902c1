import { createHash } from 'node:crypto';
import type { MassMessage, MassResult, MassSend } from '../broadcast';
import { codeOf, demanded, idOf } from '../errcode-answer';
import { PlatformError } from '../platform-error';
import { requireFields } from '../require-fields';
import type { WechatClient, WechatRequest } from '../wechat-client';
import { explain } from './errors';
import { massKeyBytes } from './limits';
import { checkMass } from './mass-fields';

/** The platform compares the keys of the last 24 hours and answers a known one with the id of the first message. */
const alreadySent = '45065';

/** To all followers, those with a tag, or people named; an administrator may have to confirm it within 30 minutes. */
export function massSender(client: WechatClient): MassSend {
  return {
    check: checkMass,
    async send(message) {
      requireFields(checkMass(message));
      const answer = await client.call(encodeMass(message));
      if (answer.kind === 'answer' && codeOf(answer.body) === alreadySent) return { platformId: idOf(answer.body.msg_id) };
      return { platformId: idOf(demanded({ platform: 'wechat-official', explain }, answer).msg_id) };
    },
    find: async (platformId) => {
      const body = JSON.stringify({ msg_id: platformId });
      return resultOf(idOf((await client.demand({ path: '/cgi-bin/message/mass/get', body })).msg_status));
    },
  };
}

/** An article that turns out to be somebody else's is not sent. */
function encodeMass({ audience, content, key }: MassMessage): WechatRequest {
  const said =
    content.form === 'text'
      ? { text: { content: content.text }, msgtype: 'text' }
      : { mpnews: { media_id: content.mediaId }, msgtype: 'mpnews', send_ignore_reprint: 0 };
  const message = { ...said, clientmsgid: shortKey(key) };
  if (audience.to === 'openids')
    return { path: '/cgi-bin/message/mass/send', body: JSON.stringify({ touser: audience.openids, ...message }) };
  const filter = audience.to === 'all' ? { is_to_all: true } : { is_to_all: false, tag_id: audience.tagId };
  return { path: '/cgi-bin/message/mass/sendall', body: JSON.stringify({ filter, ...message }) };
}

/** The counts come with the event of its end, and not here. */
function resultOf(state: string): MassResult {
  if (state === 'SENDING') return { state: 'sending' };
  if (state === 'SEND_SUCCESS') return { state: 'sent' };
  if (state === 'SEND_FAIL' || state === 'DELETE') return { state: 'failed', code: 'system-failed' };
  throw new PlatformError('wechat-official', 'no-state', explain('no-state').class);
}

const shortKey = (key: string): string =>
  Buffer.byteLength(key, 'utf8') <= massKeyBytes ? key : createHash('sha256').update(key).digest('hex').slice(0, massKeyBytes);
