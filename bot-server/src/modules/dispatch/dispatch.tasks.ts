import { hostname } from 'node:os';
import type { Channel } from '../../channels/channel';
import { randomToken } from '../../kernel/crypto/token';
import type { TaskContext, TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { workLane } from './dispatcher';
import { accountsWithWork, campaignsWithWork, type Lane, leaseLane, reviveLanes } from './lanes.repo';
import { staffTask } from './staff';
import { frozenSteps } from './steps';

export const queueOf = (channel: string, account: string): string => `dispatch.${channel}.${account}`;
export const sweepQueue = 'dispatch-sweep';

/** Lanes per task: short tasks keep the engine's locks short and its queue fair. */
const lanesPerTask = 20;
const wakesAtOnce = 16;

/** One queue per platform account, and the sweep that repairs. A wake-up says only "look": what there is to do is in the lanes. */
export function dispatchTasks(deps: Deps): readonly TaskDefinition[] {
  const stepsOf = frozenSteps();
  const owner = `${hostname()}:${process.pid}:${randomToken(6)}`;
  const sending = deps.channels.list().filter(({ kind }) => kind !== 'inbox');
  return [
    ...sending.map(
      (channel): TaskDefinition => ({
        queue: queueOf(channel.kind, channel.account),
        concurrency: deps.config.dispatch.concurrency,
        handle: async (_payload, context) => {
          await workAccount({ deps, channel, owner, stepsOf }, context);
        },
      }),
    ),
    { queue: sweepQueue, everyMs: deps.config.dispatch.sweepSec * 1000, handle: () => sweep(deps) },
    staffTask(deps),
  ];
}

interface Account {
  readonly deps: Deps;
  readonly channel: Channel;
  readonly owner: string;
  readonly stepsOf: ReturnType<typeof frozenSteps>;
}

async function workAccount(account: Account, { signal }: TaskContext): Promise<void> {
  for (let count = 0; count < lanesPerTask; count += 1) {
    if (signal.aborted) return;
    const lane = await nextLane(account);
    if (!lane) return;
    await workOne(account, lane, signal);
  }
  const { deps, channel } = account;
  await deps.tasks.wake(queueOf(channel.kind, channel.account), {}, { key: `more-${randomToken(6)}` });
}

async function nextLane({ deps, channel, owner }: Account): Promise<Lane | undefined> {
  const { leaseSec } = deps.config.dispatch;
  for (const { campaignId } of await campaignsWithWork(deps.db, channel.kind, channel.account)) {
    const wanted = { campaignId, channel: channel.kind, account: channel.account };
    const lane = await deps.db.tx((tx) => leaseLane(tx, wanted, owner, leaseSec));
    if (lane) return lane;
  }
  return undefined;
}

async function workOne({ deps, channel, stepsOf }: Account, lane: Lane, signal: AbortSignal): Promise<void> {
  const steps = await stepsOf(deps.db, lane.campaignId);
  const { outcome, fed, restMs } = await workLane({ deps, lane, steps, channel, draining: signal });
  deps.log.info({ campaignId: lane.campaignId, batchNo: lane.batchNo, step: lane.step, outcome }, 'lane');
  const key = `${lane.campaignId}-${lane.batchNo}`;
  for (const number of fed) {
    const step = steps[number];
    if (step) await deps.tasks.wake(queueOf(step.channel, step.account), {}, { key: `${key}-${number}` });
  }
  if (outcome === 'resting') {
    await deps.tasks.wake(queueOf(lane.channel, lane.account), {}, { key: `${key}-${lane.step}-rest`, delayMs: Math.ceil(restMs) + 50 });
  }
}

/** Wakes every account that has something to send: after a launch, a resume, a retry; and what wake-ups were lost. */
export async function wakeAccounts(deps: Deps): Promise<void> {
  for (const { channel, account, lanes } of await accountsWithWork(deps.db)) {
    for (let slot = 0; slot < Math.min(lanes, wakesAtOnce); slot += 1) {
      await deps.tasks.wake(queueOf(channel, account), {}, { key: `wake-${slot}` });
    }
  }
}

async function sweep(deps: Deps): Promise<void> {
  const revived = await deps.db.tx((tx) => reviveLanes(tx));
  if (revived.length > 0) deps.log.warn({ lanes: revived.length }, 'lanes revived');
  await wakeAccounts(deps);
}
