import { createHash } from 'node:crypto';
import { systemClock } from '@suiban/shared/time';

/**
 * Calls `tick` at each whole multiple of the period, shifted by the queue's name so that not all queues wake at once. Every process of a
 * fleet ticks at the same instants and names the same slot, which is how one of them wins.
 */
export function startSweep(queue: string, everyMs: number, tick: (slot: number) => void): () => void {
  const shiftMs = createHash('sha256').update(queue).digest().readUInt32BE(0) % everyMs;
  let timer: NodeJS.Timeout;
  const arm = () => {
    // NOTE: real time, never the given clock: a clock that stands still must not stop the engine, nor does BullMQ know it.
    const now = systemClock.now().getTime();
    const slot = Math.floor((now - shiftMs) / everyMs) + 1;
    timer = setTimeout(
      () => {
        tick(slot);
        arm();
      },
      Math.max(1, slot * everyMs + shiftMs - now),
    );
  };
  arm();
  return () => clearTimeout(timer);
}
