import type { Clock } from '@suiban/shared/time';

/**
 * closed → open, when in the last ten seconds at least `minCalls` were made and half of them failed.
 * open → half-open after `restMs`: one call is let through as a probe.
 * half-open → closed when the probe succeeds, → open again when it fails.
 */
export interface CircuitBreaker {
  /** Undefined: do not call now. Else call, and report the end to what is returned, once. */
  begin(): ((isFailure: boolean) => void) | undefined;
  isOpen(): boolean;
}

export interface BreakerSettings {
  readonly minCalls: number;
  readonly failingShare: number;
  readonly restMs: number;
}

export const breakerDefaults: BreakerSettings = { minCalls: 20, failingShare: 0.5, restMs: 5000 };

const windowSec = 10;

interface Second {
  at: number;
  calls: number;
  failures: number;
}

export function circuitBreaker(clock: Clock, settings: BreakerSettings = breakerDefaults): CircuitBreaker {
  const seconds: Second[] = Array.from({ length: windowSec }, () => ({ at: -1, calls: 0, failures: 0 }));
  let openedAtMs: number | undefined;
  let isProbing = false;

  const nowMs = () => clock.now().getTime();
  const count = (isFailure: boolean): void => {
    const at = Math.floor(nowMs() / 1000);
    const slot = seconds[at % windowSec];
    if (!slot) return;
    if (slot.at !== at) Object.assign(slot, { at, calls: 0, failures: 0 });
    slot.calls += 1;
    if (isFailure) slot.failures += 1;
  };
  const isFailing = (): boolean => {
    const since = Math.floor(nowMs() / 1000) - windowSec;
    const recent = seconds.filter((slot) => slot.at > since);
    const calls = recent.reduce((sum, slot) => sum + slot.calls, 0);
    const failures = recent.reduce((sum, slot) => sum + slot.failures, 0);
    return calls >= settings.minCalls && failures >= calls * settings.failingShare;
  };

  const settleCall = (isFailure: boolean): void => {
    // NOTE: a call begun before the circuit opened says nothing new; only the probe closes it.
    if (openedAtMs !== undefined) return;
    count(isFailure);
    if (isFailure && isFailing()) openedAtMs = nowMs();
  };
  const settleProbe = (isFailure: boolean): void => {
    isProbing = false;
    openedAtMs = isFailure ? nowMs() : undefined;
    if (!isFailure) for (const slot of seconds) slot.at = -1;
  };

  return {
    isOpen: () => openedAtMs !== undefined,
    begin() {
      if (openedAtMs === undefined) return settleCall;
      if (isProbing || nowMs() - openedAtMs < settings.restMs) return undefined;
      isProbing = true;
      return settleProbe;
    },
  };
}
