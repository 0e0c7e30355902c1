import type { Deps, Module } from '../module';
import { dispatchTasks } from './dispatch.tasks';

export { cardTaskId, readCardTaskId } from './calls';
export {
  type AttemptRow,
  type DeliveryRow,
  findByWecomMember,
  findDelivery,
  findRecipient,
  listAddresses,
  listAttempts,
  listDeliveryRows,
  markAnswered,
  markOpened,
  type Recipient,
  selectDeliveries,
} from './deliveries.repo';
export { wakeAccounts } from './dispatch.tasks';
export {
  attemptCounts,
  type Counts,
  countsOf,
  type ErrorFigures,
  errorFigures,
  findSnapshot,
  laneFigures,
  ledgerCounts,
  noCounts,
  type SnapshotRow,
} from './figures.repo';
export { audienceSteps, freeze } from './freeze';
export { type Audience, channelsOf, countReach, type Reach } from './freeze.repo';
export { endRest } from './lanes.repo';
export { linkOf, linkToken, readLinkToken } from './links';
export { recordReceipt } from './receipts';
export { cancelWaiting, requeueRefused, resolveUnknownRows } from './steer.repo';
export type { FrozenStep } from './steps';

/**
 * The send ledger and the dispatcher that works it. Emits `dispatch.drained` {campaignId}: no row waits any more (a row may come
 * back by a retry), and `dispatch.halted` {campaignId, channel, code}: the account refuses everyone.
 */
export const dispatchModule = (deps: Deps): Module => ({
  name: 'dispatch',
  routes: [],
  permissions: {},
  tasks: dispatchTasks(deps),
});
