import type { Address } from '../../channels/channel';
import { paceWindow } from '../../kernel/pace/pace';
import { openAddress } from './calls';
import { nextRows } from './ledger.repo';
import type { LaneWork } from './work';

/*
 * A platform drops what one person gets beyond so many messages a minute, and says nothing. So before rows are marked each takes a
 * turn of its person, counted over all campaigns and processes; a row without a turn stays planned and waits. Nobody is refused and
 * no try is counted.
 */

export interface Candidate {
  readonly seq: number;
  /** A keyed hash of the person. */
  readonly person: string;
}

/** Rows that wait for a turn of their person, and how long. */
export interface Held {
  readonly seqs: Set<number>;
  waitMs: number;
}

/** The next rows, no more of one person than have a turn in one window; the surplus is held. */
export async function candidatesOf(work: LaneWork, limit: number, except: readonly number[], held: Held): Promise<readonly Candidate[]> {
  const { deps, lane, channel } = work;
  const rows = await nextRows(deps.db, lane, limit, except);
  const { turns, windowSec } = paceWindow(channel.limits.perPersonPerMin);
  const counts = new Map<string, number>();
  const candidates: Candidate[] = [];
  for (const { seq, address } of rows) {
    const person = deps.sealer.blindIndex('dispatch.person', personOf(openAddress(deps.sealer, address)));
    const count = (counts.get(person) ?? 0) + 1;
    counts.set(person, count);
    if (count <= turns) candidates.push({ seq, person });
    else hold(held, seq, windowSec * 1000);
  }
  return candidates;
}

/** Those that got a turn. */
export async function takeTurns({ deps, lane, channel }: LaneWork, candidates: readonly Candidate[], held: Held): Promise<number[]> {
  if (candidates.length === 0) return [];
  const waits = await deps.pace.take(
    `${lane.channel}:${lane.account}`,
    channel.limits.perPersonPerMin,
    candidates.map(({ person }) => person),
  );
  const free: number[] = [];
  for (const [index, { seq }] of candidates.entries()) {
    const waitMs = waits[index] ?? 0;
    if (waitMs === 0) free.push(seq);
    else hold(held, seq, waitMs);
  }
  return free;
}

/** The lane goes on when the first of them may. */
function hold(held: Held, seq: number, waitMs: number): void {
  held.seqs.add(seq);
  held.waitMs = held.waitMs === 0 ? waitMs : Math.min(held.waitMs, waitMs);
}

function personOf(address: Address): string {
  switch (address.type) {
    case 'openid':
      return address.openid;
    case 'wecom-member':
      return address.userId.toLowerCase();
    case 'wecom-linked':
      return `${address.corpId}/${address.userId.toLowerCase()}`;
    case 'wecom-contact':
      return `contact/${address.externalUserId}`;
    case 'mobile':
      return address.mobile;
    case 'email':
      return address.email;
  }
}
