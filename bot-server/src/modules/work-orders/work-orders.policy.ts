import { DomainError } from '@suiban/shared/errors';
import type { WorkOrderRole } from '@suiban/shared/work-orders';
import type { City } from '../../config/city';
import type { OfficialActor, PersonActor, Role } from '../../kernel/http/actor';
import type { OrderRow } from './orders.repo';
import type { Scope } from './queue.repo';

export const permissions = {
  'work-orders.read': ['dispatcher', 'handler', 'reviewer', 'supervisor'],
  'work-orders.assign': ['dispatcher'],
  'work-orders.handle': ['handler'],
  'work-orders.review': ['reviewer', 'supervisor'],
  'work-orders.supervise': ['supervisor'],
  'work-orders.look-at-name': ['dispatcher'],
  'work-orders.own': [],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** A firm may urge again after this. */
export const urgeEveryMs = 24 * 3_600_000;

export const attachmentLimits = { bytes: 10 * 1024 * 1024, perReply: 9 } as const;

/** A dispatcher who looks at more names than this in an hour is logged as an alert. */
export const nameLookAlert = { count: 30, withinMs: 3_600_000 } as const;

/** How the machine's silence and clocks are looked after. */
export const sweeps = { everyMs: 60_000, batch: 200 } as const;

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids of orders and files are uuids; anything else names nothing. */
export const isUuid = (id: string): boolean => uuidForm.test(id);

export const orderNotFound = (): DomainError => new DomainError('kernel:not-found', '没有找到这张工单');

type Placed = Pick<OrderRow, 'state' | 'owner_bureau_id' | 'bureau_id' | 'district_code'>;

/** The bureau that answers has the order from its assignment on: before, its name on it is a proposal. */
const isWith = (actor: OfficialActor, order: Placed): boolean => order.state !== 'to-assign' && order.bureau_id === actor.bureauId;

/**
 * As what this official may act on the order. The asking bureau's dispatchers assign; the answering bureau's handlers handle; reviewers
 * and supervisors of either review. Empty: the order is none of theirs.
 */
export function rolesOn(actor: OfficialActor, order: Placed): readonly WorkOrderRole[] {
  const isInDistrict = actor.districtCodes.length === 0 || actor.districtCodes.includes(order.district_code);
  if (!isInDistrict) return [];
  const isOwner = order.owner_bureau_id === actor.bureauId;
  const isAnswering = isWith(actor, order);
  const has = (role: Role) => actor.roles.includes(role);
  const found: WorkOrderRole[] = [];
  if (isOwner && has('dispatcher')) found.push('dispatcher');
  if (isAnswering && has('handler')) found.push('handler');
  if ((isOwner || isAnswering) && (has('reviewer') || has('supervisor'))) found.push('reviewer');
  if ((isOwner || isAnswering) && has('supervisor')) found.push('supervisor');
  return found;
}

/** `rolesOn` for lists: whose orders the official sees at all. */
export const scopeOf = (actor: OfficialActor): Scope => {
  const has = (role: Role) => actor.roles.includes(role);
  const reviews = has('reviewer') || has('supervisor');
  return {
    bureauId: actor.bureauId,
    districts: actor.districtCodes.length === 0 ? null : actor.districtCodes,
    seesOwned: reviews || has('dispatcher'),
    seesAnswered: reviews || has('handler'),
  };
};

/** Ids of campaigns are digits; anything else names nothing. */
export const isRowId = (id: string): boolean => /^[1-9]\d{0,17}$/.test(id);

/** @throws DomainError kernel:not-found for an order of other bureaus or districts, as for none */
export function mustSee<T extends Placed>(actor: OfficialActor, order: T | undefined): T {
  if (order && rolesOn(actor, order).length > 0) return order;
  throw orderNotFound();
}

/** @throws DomainError kernel:not-allowed: seen, but another role's to do */
export function mustActAs(actor: OfficialActor, order: Placed, role: WorkOrderRole): void {
  if (!rolesOn(actor, order).includes(role)) throw new DomainError('kernel:not-allowed', '这一步由其他岗位办理');
}

const wrong = (field: string, detail: string) =>
  new DomainError('kernel:invalid-request', detail, { errors: [{ pointer: `/body/${field}`, detail }] });

/** A bureau of the city, and one of its own handlers where one is named. @throws DomainError kernel:invalid-request */
export function mayAssignTo(
  city: Pick<City, 'bureaus'>,
  handlers: readonly { readonly id: string; readonly bureauId: string }[],
  to: { readonly bureauId: string; readonly handlerId?: string | undefined },
): void {
  if (!city.bureaus.some(({ id }) => id === to.bureauId)) throw wrong('bureauId', '没有这个单位，请重新选择');
  if (to.handlerId === undefined) return;
  const isThere = handlers.some(({ id, bureauId }) => id === to.handlerId && bureauId === to.bureauId);
  if (!isThere) throw wrong('handlerId', '所选承办人不在这个单位，请重新选择');
}

/** Who wrote the reply does not let it pass. @throws DomainError kernel:not-allowed */
export function mustNotReviewOwn(actor: OfficialActor, order: Pick<OrderRow, 'handler_id'>): void {
  if (order.handler_id === actor.id) throw new DomainError('kernel:not-allowed', '不能审核自己提交的内容，请由另一位审核人办理');
}

/** The firm's own orders; by a personal link only those of its campaign. @throws DomainError kernel:not-found */
export function mustOwn<T extends Pick<OrderRow, 'enterprise_id' | 'campaign_id'>>(actor: PersonActor, order: T | undefined): T {
  const { scope } = actor;
  const isOwn =
    order !== undefined &&
    (scope
      ? order.enterprise_id === scope.enterpriseId && order.campaign_id === scope.campaignId
      : actor.enterpriseIds.includes(order.enterprise_id));
  if (order && isOwn) return order;
  throw orderNotFound();
}

/** Which firm's orders a list shows. A firm that is not the person's gives none. */
export function ownFirms(actor: PersonActor, enterpriseId: string | undefined): readonly string[] {
  const firms = actor.scope ? [actor.scope.enterpriseId] : actor.enterpriseIds;
  return enterpriseId === undefined ? firms : firms.filter((each) => each === enterpriseId);
}

/** @throws DomainError kernel:not-found, kernel:not-allowed: a personal link is for one campaign */
export function mayReport(actor: PersonActor, enterpriseId: string): void {
  if (actor.scope) throw new DomainError('kernel:not-allowed', '请先用手机号验证码登录，再反映诉求');
  if (!actor.enterpriseIds.includes(enterpriseId)) throw new DomainError('kernel:not-found', '没有找到这家企业');
}
