import type { Channel } from '../../channels/channel';
import { PlatformError } from '../../channels/platform-error';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { limits } from './conversations.policy';
import { claimNotice, countWaiting, postponeNotice } from './notice.repo';

export const noticeQueue = 'conversations-notice';

const everyMs = 15_000;
const minuteMs = 60_000;

/** Numbers only: the group is no place for names or for what people wrote. */
const waitingWords = (count: number, waitedMs: number, url: string): string =>
  `有 ${count} 位企业经办人在等待人工接待，最久已等 ${Math.floor(waitedMs / minuteMs)} 分钟\n[打开会话](${url})`;

type WithGroup = Channel & { readonly groupNotice: NonNullable<Channel['groupNotice']> };

const hasGroup = (channel: Channel): channel is WithGroup => channel.groupNotice !== undefined;

/** Claimed before it is said: a crash between the two costs one notice, and never says one twice. A certain no is tried again in a minute. */
async function notify({ db, clock, log }: Deps, { kind: channel, account, groupNotice }: WithGroup, words: string): Promise<void> {
  const group = { channel, account };
  const now = clock.now();
  const before = new Date(now.getTime() - limits.noticeMs);
  if ((await claimNotice(db, group, now, before)) === 0) return;
  try {
    await groupNotice(words);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    log.warn({ err: error, ...group }, 'the group of a robot was not told that people wait');
    if (error.errorClass !== 'unknown') await postponeNotice(db, group, now, new Date(before.getTime() + minuteMs));
  }
}

async function tellGroups(deps: Deps): Promise<void> {
  const groups = deps.channels.list().filter(hasGroup);
  if (groups.length === 0) return;
  const { count, since } = await countWaiting(deps.db);
  if (since === null) return;
  const waitedMs = deps.clock.now().getTime() - since.getTime();
  if (waitedMs < limits.untakenMs) return;
  const words = waitingWords(count, waitedMs, `${deps.config.publicBaseUrl}/console/conversations`);
  for (const group of groups) await notify(deps, group, words);
}

/** The operators' group hears when nobody takes those who wait. */
export const noticeTask = (deps: Deps): TaskDefinition => ({ queue: noticeQueue, everyMs, handle: () => tellGroups(deps) });
