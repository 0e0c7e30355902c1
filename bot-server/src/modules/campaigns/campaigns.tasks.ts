import { channelWords, sendingChannels } from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { Tx } from '../../kernel/db/database';
import type { Actor } from '../../kernel/http/actor';
import type { EventHandler } from '../../kernel/outbox/outbox';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import { findRecipient, markAnswered, markOpened, wakeAccounts } from '../dispatch';
import type { Deps } from '../module';
import { factsOf, systemStep } from './campaigns.policy';
import { type CampaignRow, findCampaign, listDue, lockCampaign, setState } from './campaigns.repo';
import { countsOfOne } from './loading';
import { startSending } from './start';
import { cancelRest } from './steer-campaign';

const system: Actor = { kind: 'system', id: 'campaigns' };
export const sweepQueue = 'campaigns-sweep';

/** Moves campaigns on when the time comes: starts the scheduled, ends what is over, completes what is done, finishes cancellations. */
export const campaignTasks = (deps: Deps): readonly TaskDefinition[] => [
  {
    queue: sweepQueue,
    everyMs: Math.min(deps.config.dispatch.sweepSec, 15) * 1000,
    handle: async (_payload, { signal }) => {
      for (const { id, state, isOver } of await listDue(deps.db, deps.clock.now())) {
        if (signal.aborted) return;
        if (state === 'scheduled') await startOnTime(deps, id);
        else if (state === 'cancelled') await cancelRest(deps, id);
        else if (isOver) await endWindow(deps, id);
        else await deps.db.tx((tx) => completeWhenDone(deps, tx, id));
      }
    },
  },
];

async function startOnTime(deps: Deps, id: string): Promise<void> {
  try {
    await deps.db.tx(
      async (tx) => {
        const row = await lockCampaign(tx, id);
        if (row?.state === 'scheduled') await startSending(deps, tx, row, system);
      },
      { statementTimeoutMs: 120_000 },
    );
    await wakeAccounts(deps);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Nobody is at the screen: the campaign ends with the reason, and can be seen on the board.
    await deps.db.tx((tx) => change(deps, tx, id, 'cancelled', error.message));
  }
}

/** Past `notAfterAt`, `closesAt` or a closure: what is not sent stays unsent. */
async function endWindow(deps: Deps, id: string): Promise<void> {
  await cancelRest(deps, id);
  await deps.db.tx(async (tx) => {
    const row = await lockCampaign(tx, id);
    if (!row || (await countsOfOne(tx, id)).waiting > 0) return;
    if (row.state === 'running') await completeWhenDone(deps, tx, id);
    else if (row.state === 'paused' || row.state === 'halted') await change(deps, tx, id, 'cancelled', '发送时段已结束');
  });
}

export async function completeWhenDone(deps: Deps, tx: Tx, id: string): Promise<void> {
  const row = await lockCampaign(tx, id);
  if (!row) return;
  const state = systemStep(factsOf(row, await countsOfOne(tx, id), '', deps.clock.now()), 'complete');
  if (state) await change(deps, tx, id, state, null, row);
}

async function change(
  deps: Deps,
  tx: Tx,
  id: string,
  state: CampaignRow['state'],
  reason: string | null,
  known?: CampaignRow,
): Promise<void> {
  const row = known ?? (await lockCampaign(tx, id));
  if (!row || row.state === state) return;
  await setState(tx, id, state, deps.clock.now(), reason);
  await deps.audit.record(tx, {
    aggregate: 'campaign',
    aggregateId: id,
    action: `campaign.${state}`,
    actor: system,
    before: { state: row.state },
    after: { state },
    ...(reason ? { reason } : {}),
  });
}

/** What the campaigns module listens to. Every handler changes nothing the second time. */
export const campaignEvents = (deps: Deps): Readonly<Record<string, EventHandler>> => ({
  'dispatch.drained': (tx, { payload }) => completeWhenDone(deps, tx, String(payload.campaignId)),
  'dispatch.halted': async (tx, { payload }) => {
    const row = await lockCampaign(tx, String(payload.campaignId));
    const state = row && systemStep(factsOf(row, await countsOfOne(tx, row.id), '', deps.clock.now()), 'halt');
    if (!row || !state) return;
    const channel = sendingChannels.find((each) => each === payload.channel);
    const name = channel ? channelWords[channel].zh : String(payload.channel);
    await change(
      deps,
      tx,
      row.id,
      state,
      `${name}账号连续被平台拒绝（代码 ${String(payload.code)}），请系统管理员检查账号设置后再继续`,
      row,
    );
  },
  'surveys.submitted': async (tx, { payload }) => {
    const campaign = await findCampaign(tx, String(payload.campaignId));
    if (campaign) await markAnswered(tx, campaign.id, String(payload.enterpriseId));
  },
  'messages.read': async (tx, { payload }) => {
    const found = await findRecipient(tx, String(payload.campaignId), { enterpriseId: String(payload.enterpriseId) });
    if (found) await markOpened(tx, String(payload.campaignId), found.seq);
  },
});
