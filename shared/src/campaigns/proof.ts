import type { Words } from '../words';

/** Rows of the ledger by state; `waiting` = planned or sending. */
export interface ProofCounts {
  readonly planned: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
  readonly suppressed: number;
  readonly cancelled: number;
  readonly waiting: number;
}

export interface Proof {
  /** 应发 equals the sum of all states. */
  readonly isBalanced: boolean;
  /** Balanced, and nothing is on its way any more. */
  readonly isFinal: boolean;
  /** 应发 less the sum: rows that no state accounts for (positive) or that were counted twice (negative). */
  readonly difference: number;
  /** The equation with its numbers. */
  readonly text: Words;
}

const terms = [
  ['accepted', '平台已受理', 'accepted'],
  ['refused', '发送失败', 'refused'],
  ['unknown', '结果待核实', 'unknown'],
  ['suppressed', '按规则不发', 'suppressed'],
  ['cancelled', '已取消', 'cancelled'],
  ['waiting', '未发完', 'on the way'],
] as const;

/** Checks 应发 = 平台已受理 + 发送失败 + 结果待核实 + 按规则不发 + 已取消 (+ 未发完). @throws {RangeError} on a count that is none */
export function proofOf(counts: ProofCounts): Proof {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${name}: ${count} is no count`);
  }
  // The last term shows only while it is not zero.
  const shown = terms.filter(([key]) => key !== 'waiting' || counts.waiting > 0);
  const difference = counts.planned - terms.reduce((sum, [key]) => sum + counts[key], 0);
  const sign = difference === 0 ? '=' : '≠';
  const zh = `应发 ${counts.planned} ${sign} ${shown.map(([key, name]) => `${name} ${counts[key]}`).join(' + ')}`;
  const en = `planned ${counts.planned} ${sign} ${shown.map(([key, , name]) => `${name} ${counts[key]}`).join(' + ')}`;
  return { isBalanced: difference === 0, isFinal: difference === 0 && counts.waiting === 0, difference, text: { zh, en } };
}
