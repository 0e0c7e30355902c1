import type { OfficialActor, Role } from '../../kernel/http/actor';
import { roles } from '../../kernel/http/actor';

export const permissions = { 'workbench.read': roles } as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Lines of one kind; what is more is in the list behind them. */
export const linesPerKind = 10;
export const seriesDays = 14;

/** What an official is asked to do, by role. Orders and campaigns are those of the own bureau. */
export function dutiesOf(actor: OfficialActor) {
  const has = (...any: readonly Role[]): boolean => any.some((role) => actor.roles.includes(role));
  return {
    signs: has('signatory'),
    runs: has('drafter', 'signatory'),
    assigns: has('dispatcher'),
    handles: has('handler'),
    reviews: has('reviewer', 'supervisor'),
    supervises: has('supervisor', 'dispatcher'),
  };
}
