import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, PersonActor, Role, SystemActor } from '../../kernel/http/actor';

export const permissions = {
  'surveys.answer': [],
  'surveys.results': ['drafter', 'reviewer', 'signatory', 'dispatcher', 'supervisor'],
  'surveys.answers': ['drafter', 'reviewer', 'signatory', 'dispatcher', 'supervisor'],
  'surveys.export': ['drafter', 'signatory', 'supervisor'],
  'surveys.look-at-name': ['dispatcher'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Under a filter, figures over fewer answers than this are withheld: they would be a firm's own answer. */
export const smallestCell = 5;

/** Characters of JSON one draft answer may take; the longest answer a question allows is a quarter of it. */
export const draftAnswerLength = 20_000;

/** A dispatcher who looks at more names than this in an hour is logged as an alert. */
export const nameLookAlert = { count: 30, withinMs: 3_600_000 } as const;

const notFound = () => new DomainError('kernel:not-found', '没有找到这份问卷，请从原消息重新打开');

const bigintForm = /^[1-9]\d{0,17}$/;

/** Ids of campaigns and firms are digits; anything else names nothing. */
export const isRowId = (id: string): boolean => bigintForm.test(id);

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids of answers are uuids; anything else names nothing. */
export const isUuid = (id: string): boolean => uuidForm.test(id);

/** As which firms the person may answer: those whose agent they are, or the one of their personal link. */
export const firmsOf = (actor: PersonActor): readonly string[] => (actor.scope ? [actor.scope.enterpriseId] : actor.enterpriseIds);

/** @throws DomainError kernel:not-found: whether such a survey exists is nobody else's business */
export function mayAnswer(actor: PersonActor, campaignId: string, enterpriseId: string): void {
  const isKnown = isRowId(campaignId) && isRowId(enterpriseId);
  const isOwn = firmsOf(actor).includes(enterpriseId) && (!actor.scope || actor.scope.campaignId === campaignId);
  if (!isKnown || !isOwn) throw notFound();
}

/**
 * Who holds a card may answer it: the platform's signature and the frozen addresses say so. The member is known by a userid, which is
 * personal, so the trail says only that it came by card.
 */
export const cardActor: SystemActor = { kind: 'system', id: 'wecom-card' };

/** A survey belongs to the bureau that asks. @throws DomainError kernel:not-found for another bureau's, as for none */
export function mustOwnCampaign<T extends { readonly bureau_id: string }>(actor: OfficialActor, campaign: T | undefined): T {
  if (campaign && campaign.bureau_id === actor.bureauId) return campaign;
  throw new DomainError('kernel:not-found', '没有找到这次调查');
}

export const surveyNotFound = notFound;
