import type { ConversationNews } from '@suiban/shared/api/conversations';
import type { OfficialActor } from '../../kernel/http/actor';
import type { EventStream } from '../../kernel/http/route';
import { scopeOf } from './conversations.policy';
import { countQueues, lastChangeAt, listChanged } from './desk/queue.repo';
import type { Desk } from './desk/views';

const tickMs = 1000;
/** Without news a line now and then, so that a proxy keeps the connection. */
const longestSilenceMs = 15_000;
/** More than anyone looks at in a second: the client reads its page again anyway. */
const mostChanged = 100;
/** Changes are told by the time they were written: one that was committed late is looked for again. */
const overlapMs = 2_000;

/** `news` when something changed, about once a second; the first at once. Ends with the client. */
export async function watchConversations(desk: Desk, actor: OfficialActor, signal: AbortSignal): Promise<EventStream> {
  return newsOf(desk, actor, signal);
}

async function* newsOf({ deps }: Desk, actor: OfficialActor, signal: AbortSignal): AsyncGenerator<{ event: string; data: unknown }> {
  const { db, clock } = deps;
  const scope = scopeOf(actor);
  let since = (await lastChangeAt(db, scope)) ?? clock.now();
  let told = new Map((await listChanged(db, scope, earlier(since), mostChanged)).map(({ id, at }) => [id, at.getTime()]));
  let said = '';
  let silentMs = longestSilenceMs;
  while (!signal.aborted) {
    const recent = await listChanged(db, scope, earlier(since), mostChanged);
    const changed = recent.filter(({ id, at }) => told.get(id) !== at.getTime()).map(({ id }) => id);
    const counts = await countQueues(db, scope, actor.id);
    const text = JSON.stringify(counts);
    if (changed.length > 0 || text !== said || silentMs >= longestSilenceMs) {
      [said, silentMs] = [text, 0];
      const news: ConversationNews = { at: clock.now().toISOString(), counts, changed };
      yield { event: 'news', data: news };
    }
    told = new Map(recent.map(({ id, at }) => [id, at.getTime()]));
    since = recent[0]?.at ?? since;
    await sleep(tickMs, signal);
    silentMs += tickMs;
  }
}

const earlier = (at: Date): Date => new Date(at.getTime() - overlapMs);

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
