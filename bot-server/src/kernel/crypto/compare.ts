import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest();

/** Equal in a time that tells neither where nor how long the two differ. */
export const constantTimeEqual = (left: string | Buffer, right: string | Buffer): boolean => timingSafeEqual(digest(left), digest(right));
