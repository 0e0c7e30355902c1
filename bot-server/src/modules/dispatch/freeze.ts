import type { Tx } from '../../kernel/db/database';
import { type Audience, type Frozen, finishSnapshot, insertBatches, insertDeliveries, insertSnapshot } from './freeze.repo';
import type { FrozenStep } from './steps';

export interface Freeze {
  readonly campaignId: string;
  readonly audience: Omit<Audience, 'steps'>;
  readonly steps: readonly FrozenStep[];
  readonly ruleHash: string;
  readonly batchSize: number;
}

/** Template whose credits a step needs. */
const templateOf = ({ body }: FrozenStep): string | null => (body.channel === 'wechat-mini' ? body.templateId : null);

export const audienceSteps = (steps: readonly FrozenStep[]): Audience['steps'] =>
  steps.map((step) => ({ channel: step.channel, account: step.account, templateId: templateOf(step) }));

/**
 * Fixes who gets what, where and in which order: rows, addresses, batches, lanes, the plan as it is sent. In the caller's
 * transaction, once per campaign: a second freeze returns undefined and changes nothing.
 */
export async function freeze(tx: Tx, { campaignId, audience, steps, ruleHash, batchSize }: Freeze): Promise<Frozen | undefined> {
  if (!(await insertSnapshot(tx, { campaignId, ruleHash, steps, batchSize }))) return undefined;
  const frozen = await insertDeliveries(tx, campaignId, { ...audience, steps: audienceSteps(steps) });
  await insertBatches(tx, campaignId, batchSize);
  await finishSnapshot(tx, campaignId, frozen);
  return frozen;
}
