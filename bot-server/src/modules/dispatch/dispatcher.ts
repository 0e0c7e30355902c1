import { performance } from 'node:perf_hooks';
import type { SendResult } from '../../channels/channel';
import type { Tx } from '../../kernel/db/database';
import { dispatchedTotal } from '../../kernel/health/metrics';
import { type CallMaker, type PlannedCall, planCalls } from './calls';
import { settleCredits } from './credits';
import { holdLane, noteRate, releaseLane, reserveBudget } from './lanes.repo';
import { insertAttempts, isDrained, markSending, nextRows, settleRows } from './ledger.repo';
import { recoverLane } from './recovery';
import { type Sent, sendCalls } from './sending';
import { candidatesOf, type Held, takeTurns } from './turns';
import { pauseMsAfter, type Settled, settledOf } from './verdict';
import { dedupeOf, type LaneWork } from './work';

/*
 * Works one leased lane: mark a window of rows (transaction) → send it (no transaction open) → settle it and mark the next
 * (transaction) → … At any moment at most one window per lane is marked and not settled, so that is all a crash can leave in
 * doubt: at most 50 rows where the platform recognises no repeat. Each transaction first renews the lease under its fence; when
 * the fence is no longer ours, nothing is written and nothing more is sent.
 */

export type LaneOutcome = 'idle' | 'resting' | 'paused' | 'drained-by-signal' | 'lost';

export interface LaneEnding {
  readonly outcome: LaneOutcome;
  /** Steps of the plan that got rows. */
  readonly fed: readonly number[];
  readonly restMs: number;
}

interface Turn {
  readonly calls: readonly PlannedCall[];
  readonly tries: ReadonlyMap<number, number>;
  /** Rows of the lane not marked yet. */
  readonly left: number;
}

/** What one stay in a lane gathers. */
interface Pass {
  readonly fed: Set<number>;
  /** Refused for now; not tried again before the lane has rested. */
  readonly rested: Set<number>;
  /** Waiting for a turn of their person. */
  readonly held: Held;
  readonly startedAt: number;
  sent: number;
  accepted: number;
  answers: readonly Settled[];
  last: Sent;
  /** The calls the answers are to. */
  calls: readonly PlannedCall[];
}

const nothingSent: Sent = { results: [], open: [] };

export async function workLane(work: LaneWork): Promise<LaneEnding> {
  const maker = makerOf(work);
  const pass: Pass = {
    fed: new Set(),
    rested: new Set(),
    held: { seqs: new Set(), waitMs: 0 },
    startedAt: performance.now(),
    sent: 0,
    accepted: 0,
    answers: [],
    last: nothingSent,
    calls: [],
  };
  const recovered = await recoverLane(work, maker);
  take(pass, recovered.answers, recovered, recovered.calls);
  let left = work.lane.waiting;
  for (;;) {
    const limit = Math.min(windowOf(work), Math.max(1, left));
    const candidates = await candidatesOf(work, limit, aside(pass), pass.held);
    if (!(await throttle(work, pass, candidates.length))) return { outcome: 'lost', fed: [...pass.fed], restMs: 0 };
    const seqs = work.draining.aborted ? [] : await takeTurns(work, candidates, pass.held);
    const next = await work.deps.db.tx((tx) => settleAndMark(work, maker, tx, pass, seqs));
    if ('outcome' in next) return next;
    left = next.left;
    const sent = await sendCalls(work, next.calls, false);
    for (const { outcome } of sent.results) dispatchedTotal.inc({ channel: work.lane.channel, outcome });
    take(pass, answersOf(next, sent.results), sent, next.calls);
  }
}

function take(pass: Pass, answers: readonly Settled[], sent: Sent, calls: readonly PlannedCall[]): void {
  pass.answers = answers;
  pass.calls = calls;
  pass.last = sent;
  pass.sent += sent.results.length;
  pass.accepted += sent.results.filter(({ outcome }) => outcome === 'accepted').length;
  for (const { seq, verdict } of answers) if (verdict === 'again') pass.rested.add(seq);
  for (const seq of sent.open) pass.rested.add(seq);
}

/** Not to be tried again in this stay. */
const aside = ({ rested, held }: Pass): number[] => [...rested, ...held.seqs];

const briefMs = 5;

/** Waits for the account's share of time. Answers never wait with it: until they are written a crash would lose them. false: the lane is lost. */
async function throttle(work: LaneWork, pass: Pass, limit: number): Promise<boolean> {
  const { deps, lane, channel, draining } = work;
  if (limit === 0) return true;
  const { leaseSec, heartbeatSec } = deps.config.dispatch;
  const { waitMs } = await reserveBudget(deps.db, lane.channel, lane.account, limit, channel.limits.recipientsPerSec);
  for (let left = waitMs; left > briefMs && !draining.aborted; left -= heartbeatSec * 1000) {
    const isHeld = await deps.db.tx(async (tx) => {
      if (!(await holdLane(tx, lane, leaseSec))) return false;
      await settle(work, tx, pass);
      return true;
    });
    if (!isHeld) return false;
    pass.answers = [];
    await rest(Math.min(left, heartbeatSec * 1000), draining);
  }
  return true;
}

/** Keeps what it wrote until the transaction is known to have ended: a retried transaction writes it again. */
async function settle(work: LaneWork, tx: Tx, pass: Pass): Promise<number> {
  if (pass.answers.length === 0) return 0;
  const { movedTo, left } = await settleRows(tx, work.lane, pass.answers);
  await settleCredits(tx, work, pass.calls, pass.answers);
  for (const step of movedTo) pass.fed.add(step);
  await noteRate(tx, work.lane, (pass.sent * 1000) / Math.max(1, performance.now() - pass.startedAt));
  return left;
}

/** One transaction: the answers of the last window in, the marks of the next. */
async function settleAndMark(work: LaneWork, maker: CallMaker, tx: Tx, pass: Pass, seqs: readonly number[]): Promise<Turn | LaneEnding> {
  const { lane, deps, draining } = work;
  const held = await holdLane(tx, lane, deps.config.dispatch.leaseSec);
  if (!held) return { outcome: 'lost', fed: [...pass.fed], restMs: 0 };
  const settled = await settle(work, tx, pass);
  const end = async (state: 'ready' | 'idle', outcome: LaneOutcome, restMs = 0, failures = 0): Promise<LaneEnding> => {
    await releaseLane(tx, lane, { state, restMs, failures });
    if (state === 'idle' && (await isDrained(tx, lane.campaignId))) {
      await deps.outbox.add(tx, { topic: 'dispatch.drained', key: lane.campaignId, payload: { campaignId: lane.campaignId } });
    }
    return { outcome, fed: [...pass.fed], restMs };
  };
  const failures = pass.accepted > 0 ? 1 : lane.failures + 1;
  const restNow = async (): Promise<LaneEnding> => {
    await haltWhenShutOut(work, tx, pass.last.results, failures);
    return end('ready', 'resting', pauseMsAfter(pass.last.results, failures - 1), failures);
  };
  if (held.campaignState !== 'running') {
    if (held.campaignState === 'cancelled') await settleRows(tx, lane, unansweredOf(pass));
    return end('ready', 'paused');
  }
  if (isShutOut(pass.last)) return restNow();
  if (draining.aborted) return end('ready', 'drained-by-signal');
  const rows = await markSending(tx, lane, seqs);
  if (rows.length === 0) {
    if (pass.held.seqs.size > 0) return end('ready', 'resting', pass.held.waitMs, lane.failures);
    if (pass.rested.size > 0) return restNow();
    // Rows may have come back since the lane was looked through.
    return (await nextRows(tx, lane, 1, [])).length > 0 ? end('ready', 'resting', soonMs, lane.failures) : end('idle', 'idle');
  }
  const calls = planCalls(maker, rows);
  await insertAttempts(tx, lane, calls);
  return { calls, tries: new Map(rows.map((row) => [row.seq, row.tries])), left: held.waiting - settled - rows.length };
}

const soonMs = 50;

/** Of a cancelled campaign nothing is sent again, not even a repeat: what has no answer yet is unknown. */
function unansweredOf({ calls, last }: Pass): readonly Settled[] {
  const attemptNos = new Map(calls.flatMap(({ seqs, attemptNo }) => seqs.map((seq) => [seq, attemptNo])));
  return last.open.map((seq) => settledOf({ ref: String(seq), outcome: 'unknown', code: 'unrecorded' }, attemptNos.get(seq) ?? 0, 1));
}

/** Nobody of the window got through for a reason that may pass: the account, not the rows, is at fault. */
const isShutOut = ({ results, open }: Sent): boolean =>
  results.length + open.length > 0 && results.every((result) => result.outcome === 'refused' && result.class !== 'permanent');

const shutOutAfter = 3;

/** Wrong keys refuse everyone: the campaign stops until somebody looks, before rows move to dearer channels for no reason. */
async function haltWhenShutOut({ deps, lane }: LaneWork, tx: Tx, results: readonly SendResult[], failures: number): Promise<void> {
  const refusal = results.find((result) => result.outcome === 'refused' && result.class === 'auth');
  if (refusal?.outcome !== 'refused' || failures < shutOutAfter) return;
  const payload = { campaignId: lane.campaignId, channel: lane.channel, code: refusal.code };
  await deps.outbox.add(tx, { topic: 'dispatch.halted', key: lane.campaignId, payload });
}

function answersOf({ calls, tries }: Turn, results: readonly SendResult[]): readonly Settled[] {
  const attemptNos = new Map(calls.flatMap(({ seqs, attemptNo }) => seqs.map((seq) => [seq, attemptNo])));
  return results.map((result) => settledOf(result, attemptNos.get(Number(result.ref)) ?? 0, tries.get(Number(result.ref)) ?? 1));
}

/** Rows in flight: bounded by the setting where a repeat would be a second message; a card takes a whole batch in one call. */
function windowOf(work: LaneWork): number {
  const { deps, steps, lane } = work;
  const { windowSize, batchSize } = deps.config.dispatch;
  if (dedupeOf(work) === 'none') return Math.min(windowSize, 50);
  const body = steps[lane.step]?.body;
  return body?.channel === 'wecom' && body.form === 'card' ? batchSize : Math.min(batchSize, windowSize * 4);
}

function makerOf({ deps, lane, steps, channel }: LaneWork): CallMaker {
  const step = steps[lane.step];
  if (!step) throw new Error(`campaign ${lane.campaignId} has no step ${lane.step}`);
  const { publicBaseUrl, secrets } = deps.config;
  return { campaignId: lane.campaignId, stepNo: lane.step, step, channel, sealer: deps.sealer, linkKey: secrets.linkKey, publicBaseUrl };
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
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
