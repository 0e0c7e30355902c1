import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@suiban/shared/time';
import type { OutboundClient } from '../../kernel/outbound/outbound';
import type { Channel } from '../channel';
import type { Problem } from '../content';
import { demanded } from '../errcode-answer';
import { ask } from '../platform-answer';
import { requireFields } from '../require-fields';
import { wecom } from './errors';
import { robotLimits } from './limits';

type Form = 'markdown' | 'text';
type GroupNotice = NonNullable<Channel['groupNotice']>;

/** A message that waits for its turn. Whoever joins it hears what became of it. */
interface Waiting {
  readonly form: Form;
  content: string;
  readonly sent: Promise<void>;
}

const windowMs = 60_000;
/** A platform counts by its own clock. */
const marginMs = 500;
const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const mostOf = (form: Form): number => (form === 'text' ? robotLimits.textBytes : robotLimits.markdownBytes);

function check(content: string, form: Form): readonly Problem[] {
  if (content.trim() === '') return [{ field: 'content', rule: 'required', detail: '群消息不能为空' }];
  const [bytes, most] = [bytesOf(content), mostOf(form)];
  return bytes <= most ? [] : [{ field: 'content', rule: 'length', detail: `群消息应在 ${most} 字节以内，现在是 ${bytes} 字节` }];
}

/**
 * Messages of a group robot, in the order they came, at most `perMinute` in any minute of this process. What has to wait is joined by what
 * comes meanwhile, as far as one message holds it. The key alone lets in: there is no token, and the platform knows no repeat.
 */
export function groupRobot(
  client: OutboundClient,
  key: string,
  clock: Clock,
  rest: (ms: number) => Promise<unknown> = (ms) => sleep(ms),
): GroupNotice {
  const times: number[] = [];
  let last: Waiting | undefined;
  let before: Promise<unknown> = Promise.resolve();

  async function turn(): Promise<void> {
    for (;;) {
      const nowMs = clock.now().getTime();
      while (times.length > 0 && (times[0] ?? 0) <= nowMs - windowMs - marginMs) times.shift();
      const first = times[0];
      if (first === undefined || times.length < robotLimits.perMinute) return;
      await rest(first + windowMs + marginMs - nowMs);
    }
  }

  async function send(of: () => Waiting): Promise<void> {
    await turn();
    const message = of();
    if (last === message) last = undefined;
    const body = JSON.stringify({ msgtype: message.form, [message.form]: { content: message.content } });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(client, { method: 'POST', path: '/cgi-bin/webhook/send', query: { key }, body, headers });
    // Counted from its answer: the platform counts from its arrival, which was earlier.
    times.push(clock.now().getTime());
    demanded(wecom, answer);
  }

  return async (content, form = 'markdown') => {
    requireFields(check(content, form));
    const joined = last && last.form === form ? `${last.content}\n\n${content}` : undefined;
    if (last && joined !== undefined && bytesOf(joined) <= mostOf(form)) {
      last.content = joined;
      return last.sent;
    }
    const sent = before.then(() => send(() => message));
    const message: Waiting = { form, content, sent };
    last = message;
    // One that failed does not hold up the next.
    before = sent.catch(() => undefined);
    return sent;
  };
}
