import {
  type CampaignAction,
  type CampaignFacts,
  type CampaignRole,
  type CampaignState,
  campaignActionRules,
  stepCampaign,
} from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, Role } from '../../kernel/http/actor';
import type { Counts } from '../dispatch';
import type { CampaignRow } from './campaigns.repo';

export const permissions = {
  'campaigns.read': ['drafter', 'reviewer', 'signatory', 'dispatcher', 'supervisor', 'liaison', 'audit-admin'],
  'campaigns.write': ['drafter'],
  'campaigns.sign': ['signatory'],
  'campaigns.run': ['drafter', 'signatory'],
  'campaigns.export': ['drafter', 'signatory', 'supervisor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Who an official is to a campaign of their own bureau; of another's they only read. */
function campaignRolesOf(actor: OfficialActor, row: Pick<CampaignRow, 'bureauId'>): readonly CampaignRole[] {
  if (actor.bureauId !== row.bureauId) return [];
  const [isDrafter, isSignatory] = [actor.roles.includes('drafter'), actor.roles.includes('signatory')];
  return [
    ...(isDrafter ? (['drafter'] as const) : []),
    ...(isSignatory ? (['signatory'] as const) : []),
    ...(isDrafter || isSignatory ? (['operator'] as const) : []),
  ];
}

export function factsOf(row: CampaignRow, counts: Counts, actorId: string, now: Date): CampaignFacts {
  return {
    state: row.state,
    isOwnDraft: row.drafterId === actorId,
    isHashCurrent: row.state === 'in_review' || row.approvedHash === row.contentHash,
    isStartLater: row.startAt !== null && row.startAt > now,
    waiting: counts.waiting,
    refused: counts.refused,
    unknown: counts.unknown,
    isAnswerable: row.kind === 'cloud_visit' && row.closedAt === null && row.closesAt > now,
  };
}

/** Actions of the board; the system's own are none. */
export function actionsFor(actor: OfficialActor, row: CampaignRow, facts: CampaignFacts): CampaignAction[] {
  const roles = campaignRolesOf(actor, row);
  return (Object.keys(campaignActionRules) as CampaignAction[]).filter((action) =>
    roles.some((role) => stepCampaign(facts, action, role).ok),
  );
}

/**
 * The state after the action. @throws DomainError kernel:not-allowed (another bureau, no role), campaigns:same-person,
 * campaigns:hash-changed, campaigns:wrong-state with the reason
 */
export function requireStep(actor: OfficialActor, row: CampaignRow, facts: CampaignFacts, action: CampaignAction): CampaignState {
  const roles = campaignRolesOf(actor, row);
  const role = campaignActionRules[action].roles.find((each) => roles.includes(each));
  if (role === undefined)
    throw new DomainError('kernel:not-allowed', actor.bureauId === row.bureauId ? undefined : '这次推送属于其他单位，只能查看');
  if (action === 'approve' || action === 'reject') requireOther(actor, row);
  const step = stepCampaign(facts, action, role);
  if (step.ok) return step.state;
  if (!facts.isHashCurrent && campaignActionRules[action].from.includes(row.state))
    throw new DomainError('campaigns:hash-changed', step.reason.zh);
  throw new DomainError('campaigns:wrong-state', step.reason.zh);
}

function requireOther(actor: OfficialActor, row: CampaignRow): void {
  if (actor.id === row.drafterId) throw new DomainError('campaigns:same-person');
}

/** The state after a step of the program itself, or undefined: not now. */
export const systemStep = (facts: CampaignFacts, action: CampaignAction): CampaignState | undefined => {
  const step = stepCampaign(facts, action, 'system');
  return step.ok ? step.state : undefined;
};

/** Every bureau sees what the others send, so that a firm is not asked twice. @throws DomainError kernel:not-allowed */
export function mayRead(actor: OfficialActor): void {
  const readers: readonly Role[] = permissions['campaigns.read'];
  if (!actor.roles.some((role) => readers.includes(role))) throw new DomainError('kernel:not-allowed');
}

/** A personal link is its own permission, for campaigns that were sent. @throws DomainError campaigns:broken-link */
export function mustBeSent<T extends Pick<CampaignRow, 'launchedAt'>>(campaign: T | undefined): T {
  if (!campaign || campaign.launchedAt === null) throw new DomainError('campaigns:broken-link');
  return campaign;
}
