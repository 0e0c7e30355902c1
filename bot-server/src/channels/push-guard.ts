import { DomainError } from '@suiban/shared/errors';
import type { Clock } from '@suiban/shared/time';

export const pushWindowSec = 300;
/** Pushes of these platforms are a few kilobytes; what is larger is refused before anything is computed over it. */
export const maxPushBytes = 256 * 1024;

/** Why a push was refused stays in the log: a forger learns nothing. @throws DomainError kernel:forged-callback */
export function forged(): never {
  throw new DomainError('kernel:forged-callback');
}

export const malformed = (detail: string): never => {
  throw new DomainError('kernel:invalid-request', detail);
};

/** @throws DomainError kernel:forged-callback when older or newer than five minutes, or no time at all */
export function requireFresh(clock: Clock, timestampSec: string | undefined): void {
  if (!timestampSec || !/^\d{9,11}$/.test(timestampSec)) forged();
  if (Math.abs(clock.now().getTime() / 1000 - Number(timestampSec)) > pushWindowSec) forged();
}

/** @throws DomainError kernel:too-large */
export function requireSmall(body: Buffer): void {
  if (body.length > maxPushBytes) throw new DomainError('kernel:too-large');
}
