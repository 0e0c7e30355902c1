import { createHash } from 'node:crypto';
import type { Channel, MassResult } from '../channel';
import { codeOf, demanded, idOf } from '../errcode-answer';
import { PlatformError } from '../platform-error';
import type { WechatClient } from '../wechat-client';
import { explain } from './errors';
import { massKeyBytes } from './limits';

/** The platform compares the keys of the last 24 hours and answers a known one with the id of the first message. */
const alreadySent = '45065';

/** A text to all followers, or to those with a tag; an administrator may have to confirm it within 30 minutes. */
export function massSender(client: WechatClient): NonNullable<Channel['massSend']> {
  return {
    async send({ text, tagId, key }) {
      const filter = tagId === null ? { is_to_all: true } : { is_to_all: false, tag_id: tagId };
      const body = JSON.stringify({ filter, text: { content: text }, msgtype: 'text', clientmsgid: shortKey(key) });
      const answer = await client.call({ path: '/cgi-bin/message/mass/sendall', body });
      if (answer.kind === 'answer' && codeOf(answer.body) === alreadySent) return { platformId: idOf(answer.body.msg_id) };
      return { platformId: idOf(demanded({ platform: 'wechat-official', explain }, answer).msg_id) };
    },
    find: async (platformId) => {
      const body = JSON.stringify({ msg_id: platformId });
      return resultOf(idOf((await client.demand({ path: '/cgi-bin/message/mass/get', body })).msg_status));
    },
  };
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
