import { DomainError } from '@suiban/shared/errors';
import { formatInstant } from '@suiban/shared/time';
import type { Deps } from '../module';
import type { AskedRow } from './asked.repo';

const at = ({ city, clock }: Deps, instant: Date): string => formatInstant(instant, clock.now(), city.timeZone);

/** Names the time of the receipt: whoever asks twice wants to know that the first one arrived. */
export const alreadyAnswered = (deps: Deps, submittedAt: Date): DomainError =>
  new DomainError('surveys:already-answered', `贵单位已于${at(deps, submittedAt)} 提交过这份问卷，不需要再次提交`);

export const closed = (deps: Deps, row: Pick<AskedRow, 'closes_at' | 'closed_at'>): DomainError =>
  new DomainError('surveys:closed', `本次问卷已于${at(deps, row.closed_at ?? row.closes_at)} 截止，不能再填写`);
