export interface Kill {
  /** Shown on phones at the kill. */
  readonly observed: number;
  /** Marked in the ledger and not settled at the kill: what it left in doubt. */
  readonly attempted: number;
}

/** The last line the demo prints. Figures are of the visit and the short card campaign together. */
export interface Summary {
  imported: number;
  rejected: number;
  planned: number;
  accepted: number;
  refused: number;
  unknown: number;
  suppressed: number;
  cancelled: number;
  answered: number;
  problems: number;
  workOrdersClosed: number;
  lost: number;
  duplicates: number;
  kills: readonly Kill[];
}

/** Steps with the time they took, and faults: each fault is a line, and one is enough for exit 1. */
export class Report {
  readonly faults: string[] = [];
  private readonly startedAt = performance.now();

  say(text: string): void {
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1).padStart(6);
    console.log(`${seconds} s  ${text}`);
  }

  /** Notes a fault when the claim is wrong, and goes on: the figures below say more. */
  expect(isTrue: boolean, claim: string): void {
    if (isTrue) return;
    this.faults.push(claim);
    this.say(`✗ ${claim}`);
  }
}
