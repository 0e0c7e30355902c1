import type { Role } from '../../kernel/http/actor';

/** The trail is the audit administrator's alone: who does the work does not watch over it. */
export const permissions = { 'audit.read': ['audit-admin'] } as const satisfies Readonly<Record<string, readonly Role[]>>;

/** A chain is verified again only after this: it reads the whole trail. */
export const verifyEveryMs = 10_000;
