import { addressKindOf, type SendingChannel } from '@suiban/shared/campaigns';
import type { ChannelBody } from '../../channels/channel';
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

interface PlannedStep {
  readonly account: string;
  readonly body: { readonly channel: SendingChannel; readonly form?: string; readonly templateId?: string };
}

/** Which addresses a step goes to, and the template whose credits it needs. */
export const audienceSteps = (steps: readonly PlannedStep[]): Audience['steps'] =>
  steps.map(({ account, body }) => ({
    channel: body.channel,
    source: addressKindOf(body),
    account,
    templateId: body.channel === 'wechat-mini' || body.channel === 'alipay-mini' ? (body.templateId ?? null) : null,
  }));

const isSending = (step: FrozenStep): step is FrozenStep & { body: Exclude<ChannelBody, { channel: 'inbox' }> } =>
  step.body.channel !== 'inbox';

/**
 * Fixes who gets what, where and in which order: rows, addresses, batches, lanes, the plan as it is sent. In the caller's
 * transaction, once per campaign: a second freeze returns undefined and changes nothing.
 */
export async function freeze(tx: Tx, { campaignId, audience, steps, ruleHash, batchSize }: Freeze): Promise<Frozen | undefined> {
  if (!(await insertSnapshot(tx, { campaignId, ruleHash, steps, batchSize }))) return undefined;
  const frozen = await insertDeliveries(tx, campaignId, { ...audience, steps: audienceSteps(steps.filter(isSending)) });
  await insertBatches(tx, campaignId, batchSize);
  await finishSnapshot(tx, campaignId, frozen);
  return frozen;
}
