import type { Channel, Dedupe } from '../../channels/channel';
import type { Deps } from '../module';
import type { Lane } from './lanes.repo';
import type { FrozenStep } from './steps';

/** A leased lane and what it takes to send it. */
export interface LaneWork {
  readonly deps: Deps;
  readonly lane: Lane;
  readonly steps: readonly FrozenStep[];
  readonly channel: Channel;
  /** Aborted when the process drains: the window in flight is finished and settled, then the lane is given back. */
  readonly draining: AbortSignal;
}

/** How the platform recognises a repeat of what this lane sends: some forms of a channel do not share its way. */
export function dedupeOf({ channel, steps, lane }: LaneWork): Dedupe {
  const body = steps[lane.step]?.body;
  return (body && channel.dedupeOf?.(body)) ?? channel.dedupe;
}
