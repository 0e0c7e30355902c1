import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits, base64url, 43 characters: session and bearer tokens. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What the database keeps of a token. Plain SHA-256: the token itself is too random to guess. Hex, 64 characters. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A code of decimal digits that a person types; may start with 0. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0');
