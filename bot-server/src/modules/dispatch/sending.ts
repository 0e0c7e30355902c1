import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { Call, SendResult } from '../../channels/channel';
import type { PlannedCall } from './calls';
import { holdLane } from './lanes.repo';
import { dedupeOf, type LaneWork } from './work';

const callsAtOnce = 50;
const replaysAtOnce = 2;

/**
 * `results`: what may be written down. `open`: rows whose answer is still to come, on a channel that swallows repeats: they stay
 * marked, and the same call is made again after the lane has rested, as long as the platform's window is open.
 */
export interface Sent {
  readonly results: readonly SendResult[];
  readonly open: readonly number[];
}

/**
 * Sends a window of calls, with no transaction open; results in the order of the calls. A heartbeat renews the lease; a call
 * that has not begun when the lease is over is not begun, for whoever took the lane decides about its rows. Times are monotonic,
 * so a process that was stopped notices when it goes on.
 */
export async function sendCalls(work: LaneWork, calls: readonly PlannedCall[], isReplay: boolean): Promise<Sent> {
  const { leaseSec, heartbeatSec } = work.deps.config.dispatch;
  const lost = new AbortController();
  // One listener per call in flight.
  setMaxListeners(0, lost.signal);
  let heldUntil = performance.now() + leaseSec * 1000;
  const beat = async (): Promise<void> => {
    const askedAt = performance.now();
    if (await work.deps.db.tx((tx) => holdLane(tx, work.lane, leaseSec))) heldUntil = askedAt + leaseSec * 1000;
    else lost.abort();
  };
  const timer = setInterval(() => {
    beat().catch((error: unknown) => work.deps.log.warn({ err: error, campaignId: work.lane.campaignId }, 'heartbeat failed'));
  }, heartbeatSec * 1000);
  const mayBegin = (): boolean => !lost.signal.aborted && performance.now() < heldUntil;
  try {
    const sent = await inOrder(calls, ({ call }) => sendOne(work, call, lost.signal, mayBegin, isReplay));
    return { results: sent.flatMap(({ results }) => results), open: sent.flatMap(({ open }) => open) };
  } finally {
    clearInterval(timer);
  }
}

async function sendOne(work: LaneWork, call: Call, signal: AbortSignal, mayBegin: () => boolean, isReplay: boolean): Promise<Sent> {
  if (!mayBegin()) return isReplay ? { results: [], open: refsOf(call) } : { results: notBegun(call), open: [] };
  const { channel } = work;
  let results = await channel.sendCall(call, signal);
  if (dedupeOf(work) === 'none') return { results, open: [] };
  let isDoubtful = isReplay;
  for (let again = 1; again <= replaysAtOnce && mayBegin() && results.some(({ outcome }) => outcome === 'unknown'); again += 1) {
    isDoubtful = true;
    await new Promise((resolve) => setTimeout(resolve, 200 * again));
    results = await channel.sendCall(call, signal);
  }
  return sortOut(results, isDoubtful);
}

/** After a try that may have arrived, "busy" to the next one says nothing about the first: only a yes or a final no does. */
function sortOut(results: readonly SendResult[], isDoubtful: boolean): Sent {
  const isTrusted = (result: SendResult): boolean =>
    result.outcome === 'accepted' || (result.outcome === 'refused' && (!isDoubtful || result.class === 'permanent'));
  return { results: results.filter(isTrusted), open: results.filter((result) => !isTrusted(result)).map(({ ref }) => Number(ref)) };
}

const refsOf = (call: Call): number[] => call.recipients.map(({ ref }) => Number(ref));

/** Certainly not sent: it counts only if the lane is still ours when it is written. */
const notBegun = (call: Call): readonly SendResult[] =>
  call.recipients.map(({ ref }) => ({ ref, outcome: 'refused', class: 'transient', code: 'not-begun' }));

async function inOrder<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(list.length);
  let next = 0;
  const run = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(callsAtOnce, list.length) }, run));
  return results;
}
