import type { ConversationAction } from '@suiban/shared/api/conversations';
import { type ConversationStep, stepConversation } from '@suiban/shared/conversations';
import { DomainError } from '@suiban/shared/errors';
import type { OfficialActor, Role } from '../../kernel/http/actor';
import type { ConversationRow } from './conversations.repo';
import type { Scope } from './desk/queue.repo';

export const permissions = {
  'conversations.read': ['handler', 'dispatcher', 'liaison', 'supervisor'],
  'conversations.answer': ['handler', 'dispatcher', 'liaison'],
  'conversations.assign': ['dispatcher', 'supervisor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Who answers people. */
export const operatorRoles: readonly Role[] = permissions['conversations.answer'];

/** Readers of campaigns among those who see conversations: as campaigns' own policy has it. */
export const mayOpenCampaigns = ({ roles }: OfficialActor): boolean =>
  (['dispatcher', 'supervisor', 'liaison'] as const).some((role) => roles.includes(role));

const holds = (actor: OfficialActor, permission: keyof typeof permissions): boolean =>
  permissions[permission].some((role) => actor.roles.includes(role));

const isOperator = (actor: OfficialActor): boolean => holds(actor, 'conversations.answer');

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids here are uuids; anything else names nothing. */
export const isUuid = (id: string): boolean => uuidForm.test(id);

export const conversationNotFound = (): DomainError => new DomainError('kernel:not-found', '没有找到这个会话');

export const messageNotFound = (): DomainError => new DomainError('kernel:not-found', '没有找到这条回复');

/** @throws DomainError kernel:not-found */
export function mustFindCanned<T>(row: T | undefined): T {
  if (row) return row;
  throw new DomainError('kernel:not-found', '没有找到这条常用语，可能已被同事删除');
}

type Placed = Pick<ConversationRow, 'bureauId' | 'districtCode'>;

/**
 * The bureau's own, in the official's districts; whoever has not said for which firm they speak belongs to no district, and to officials of
 * the whole city.
 */
const isInScope = (actor: OfficialActor, { bureauId, districtCode }: Placed): boolean =>
  bureauId === actor.bureauId &&
  (actor.districtCodes.length === 0 || (districtCode !== null && actor.districtCodes.includes(districtCode)));

/** `isInScope` for lists. */
export const scopeOf = (actor: OfficialActor): Scope => ({
  bureauId: actor.bureauId,
  districts: actor.districtCodes.length === 0 ? null : actor.districtCodes,
});

/** @throws DomainError kernel:not-found for a conversation of other bureaus or districts, as for none */
export function mustSee<T extends Placed>(actor: OfficialActor, conversation: T | undefined): T {
  if (conversation && isInScope(actor, conversation)) return conversation;
  throw conversationNotFound();
}

/** @throws DomainError conversations:wrong-state, conversations:not-yours */
export function mustHave(actor: OfficialActor, { state, operatorId }: Pick<ConversationRow, 'state' | 'operatorId'>): void {
  if (state !== 'assigned') throw new DomainError('conversations:wrong-state', '请先点“接待”，再回复');
  if (operatorId !== actor.id) throw new DomainError('conversations:not-yours');
}

/** @throws DomainError kernel:conflict: somebody was faster */
export function mustBeCurrent({ revision }: Pick<ConversationRow, 'revision'>, seen: number): void {
  if (revision !== seen) throw new DomainError('kernel:conflict', '内容刚刚有变化，请看过最新情况再操作');
}

/** @throws DomainError conversations:wrong-state */
export function mustStep(row: Pick<ConversationRow, 'state' | 'operatorId'>, step: ConversationStep) {
  const next = stepConversation(row, step);
  if (!next) throw new DomainError('conversations:wrong-state');
  return next;
}

/** What the reader may do now, the main step first. */
export function actionsOf(
  actor: OfficialActor,
  row: Pick<ConversationRow, 'state' | 'operatorId'>,
  canAnswer: boolean,
): ConversationAction[] {
  const isMine = row.operatorId === actor.id;
  const actions: ConversationAction[] = [];
  if (isOperator(actor) && isMine && canAnswer) actions.push('answerConversation');
  if (isOperator(actor) && !isMine) actions.push('takeConversation');
  if (isMine) actions.push('handBackConversation');
  if (isOperator(actor) && row.state !== 'automatic' && (isMine || row.state === 'waiting')) actions.push('transferConversation');
  if (holds(actor, 'conversations.assign')) actions.push('assignConversation');
  return actions;
}

/** Whom a conversation can be given to: a colleague who answers. @throws DomainError kernel:invalid-request */
export function mustBeColleague(colleagues: readonly { readonly id: string }[], officialId: string): void {
  if (colleagues.some(({ id }) => id === officialId)) return;
  throw new DomainError('kernel:invalid-request', '所选人员不在本单位的坐席中，请重新选择', {
    errors: [{ pointer: '/body/officialId', detail: '不是本单位的坐席' }],
  });
}

/** @throws DomainError kernel:invalid-request */
export function mustBeOtherBureau(bureaus: readonly { readonly id: string }[], actor: OfficialActor, bureauId: string): void {
  if (bureauId !== actor.bureauId && bureaus.some(({ id }) => id === bureauId)) return;
  throw new DomainError('kernel:invalid-request', '没有这个单位，请重新选择', {
    errors: [{ pointer: '/body/bureauId', detail: '不是可以转接的单位' }],
  });
}

/**
 * How long the platform lets us write after what somebody did.
 * @see platforms: WeChat customer messages, 48 h after a message and 1 min after a tap; WeCom sets no such limit
 */
export const windows = { messageMs: 48 * 3_600_000, tapMs: 60_000 } as const;

/**
 * WeCom shows a repeated message once; a customer message of a service account is shown as often as it is sent. What an operator wrote is then
 * not repeated on suspicion: the operator asks first. An automatic answer is: twice is better than never.
 */
export const mayRepeat = (channel: ConversationRow['channel'], author: 'person' | 'automatic' | 'operator'): boolean =>
  channel === 'wecom' || author !== 'operator';

/** Code of a message of which nobody knows whether it was heard. */
export const unconfirmed = 'unconfirmed';

export const limits = {
  /** A turn that takes longer was left by a crash. */
  turnLeaseMs: 30_000,
  /** Saying one message takes at most so long. */
  sayLeaseMs: 30_000,
  /** Answers wait so long for the response of the push to carry them. */
  passiveWaitMs: 1_000,
  /** A turn that broke so often is given up, and said so. */
  turnTries: 3,
  /** A message that the platform did not take for transient reasons. */
  sayTries: 8,
  /** Silence after which people's service ends by itself. Less than the window in which a follower may be told so. */
  idleMs: 24 * 3_600_000,
  /** Somebody who waits so long is told of in the operators' group, which hears at most one notice in `noticeMs`. */
  untakenMs: 60_000,
  noticeMs: 5 * 60_000,
  /** Silence after which a conversation begins anew: entering the chat greets again, half-answered questions are dropped. */
  freshMs: 24 * 3_600_000,
} as const;
