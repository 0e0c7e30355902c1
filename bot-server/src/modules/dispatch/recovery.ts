import type { SendResult } from '../../channels/channel';
import { type CallMaker, type PlannedCall, rebuildCall } from './calls';
import { type OpenAttempt, openAttempts } from './ledger.repo';
import { type Sent, sendCalls } from './sending';
import { type Settled, settledOf } from './verdict';
import { dedupeOf, type LaneWork } from './work';

/** Of the platform's window, what is used: a repeat must arrive well inside it. */
const windowShare = 0.8;

/**
 * What the last holder marked and did not settle. Where the platform swallows a repeat and the window is still open, the same
 * calls go out again, byte for byte, and their answer is the truth. Else it is unknown whether they arrived, and they are never
 * sent again: a receipt or a person settles them.
 */
export async function recoverLane(
  work: LaneWork,
  maker: CallMaker,
): Promise<Sent & { readonly answers: readonly Settled[]; readonly calls: readonly PlannedCall[] }> {
  const { lane, deps } = work;
  const open = await openAttempts(deps.db, lane);
  if (open.length === 0) return { answers: [], results: [], open: [], calls: [] };
  const dedupe = dedupeOf(work);
  const windowSec = dedupe === 'none' ? 0 : dedupe.windowSec * windowShare;
  const calls = callsOf(maker, open);
  const fresh = calls.filter(({ ageSec }) => ageSec < windowSec);
  const stale = calls.filter(({ ageSec }) => ageSec >= windowSec);
  deps.log.warn(
    { campaignId: lane.campaignId, batchNo: lane.batchNo, step: lane.step, replayed: fresh.length, unknown: stale.length },
    'lane recovered',
  );
  const crashed: SendResult[] = stale.flatMap(({ seqs }) =>
    seqs.map((seq) => ({ ref: String(seq), outcome: 'unknown', code: 'unrecorded' })),
  );
  const sent = fresh.length > 0 ? await sendCalls(work, fresh, true) : { results: [], open: [] };
  const results = [...sent.results, ...crashed];
  const bySeq = new Map(open.map((row) => [row.seq, row]));
  const answers = results.map((result) => {
    const row = bySeq.get(Number(result.ref));
    return settledOf(result, row?.attemptNo ?? 0, row?.tries ?? 1);
  });
  return { answers, results, open: sent.open, calls };
}

function callsOf(maker: CallMaker, open: readonly OpenAttempt[]): (PlannedCall & { readonly ageSec: number })[] {
  const byCall = new Map<string, OpenAttempt[]>();
  for (const row of open) {
    const name = `${row.attemptNo}/${row.callNo}`;
    const group = byCall.get(name);
    if (group) group.push(row);
    else byCall.set(name, [row]);
  }
  return [...byCall.values()].map((rows) => ({ ...rebuildCall(maker, rows), ageSec: Math.max(...rows.map(({ ageSec }) => ageSec)) }));
}
