import type { Words } from '../words';

/**
 * One row per recipient: the ledger that never lies.
 *
 *   planned ──mark──▶ sending ──accept──▶ accepted
 *      │  ▲               ├──refuse──▶ refused ──retry──▶ planned
 *      │  └─again, next───┤            (again: same channel later; next: the next channel of the plan)
 *      │                  └──lose────▶ unknown ──resolve-accepted──▶ accepted
 *      ├─suppress─▶ suppressed                 └─resolve-refused───▶ refused
 *      └─cancel───▶ cancelled
 *
 * `sending` is written before the call leaves, so a crash leaves a row that says so: it is sent again only where the platform recognises a
 * repeat (`again`), else it is `lose`d to unknown. accepted, suppressed and cancelled never change; nothing leaves unknown but by a receipt
 * or a person, and never back to planned: that could be a second message.
 */
export const deliveryStates = ['planned', 'sending', 'accepted', 'refused', 'unknown', 'suppressed', 'cancelled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryEvents = [
  'mark',
  'accept',
  'refuse',
  'again',
  'next',
  'lose',
  'retry',
  'suppress',
  'cancel',
  'resolve-accepted',
  'resolve-refused',
] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];

const transitions: Readonly<Record<DeliveryState, Readonly<Partial<Record<DeliveryEvent, DeliveryState>>>>> = {
  planned: { mark: 'sending', suppress: 'suppressed', cancel: 'cancelled' },
  sending: { accept: 'accepted', refuse: 'refused', again: 'planned', next: 'planned', lose: 'unknown' },
  refused: { retry: 'planned' },
  unknown: { 'resolve-accepted': 'accepted', 'resolve-refused': 'refused' },
  accepted: {},
  suppressed: {},
  cancelled: {},
};

/** The state after the event; undefined where the event cannot happen there (a late or repeated answer: ignore it). */
export const stepDelivery = (state: DeliveryState, event: DeliveryEvent): DeliveryState | undefined => transitions[state][event];

/** Whether the row counts in the proof as settled. */
export const isSettled = (state: DeliveryState): boolean => state !== 'planned' && state !== 'sending';

/** 已送达: told by the platform after the fact, beside the state. */
export type Receipt = 'none' | 'failed' | 'delivered';

const rank: Readonly<Record<Receipt, number>> = { none: 0, failed: 1, delivered: 2 };

/** Receipts arrive late, twice and out of order: what is known only grows, and a delivery outweighs a failure told before or after. */
export const mergeReceipt = (known: Receipt, told: Receipt): Receipt => (rank[told] > rank[known] ? told : known);

/** What a receipt says about a row whose answer was lost; undefined = the state stays. */
export const receiptEvent = (state: DeliveryState, receipt: Receipt): DeliveryEvent | undefined => {
  if (state !== 'unknown' || receipt === 'none') return undefined;
  return receipt === 'delivered' ? 'resolve-accepted' : 'resolve-refused';
};

/** Words of the screens for the ledger's words. */
export const deliveryStateWords: Readonly<Record<DeliveryState, Words>> = {
  planned: { zh: '待发送', en: 'Waiting' },
  sending: { zh: '发送中', en: 'Being sent' },
  accepted: { zh: '平台已受理', en: 'Accepted by the platform' },
  refused: { zh: '发送失败', en: 'Refused' },
  unknown: { zh: '结果待核实', en: 'Result unknown' },
  suppressed: { zh: '按规则不发', en: 'Not sent by rule' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};

export const ledgerWords = {
  planned: { zh: '应发', en: 'Planned' },
  waiting: { zh: '未发完', en: 'On the way' },
  delivered: { zh: '已送达', en: 'Delivered' },
  opened: { zh: '已阅', en: 'Opened' },
  answered: { zh: '已填报', en: 'Answered' },
  inboxOnly: { zh: '仅站内', en: 'Message centre only' },
  failover: { zh: '换渠道补发', en: 'Sent on another channel' },
  fatigueBudget: { zh: '打扰上限', en: 'Fatigue budget' },
  proof: { zh: '发送核验单', en: 'Proof of sending' },
  hash: { zh: '送审稿编号', en: 'Draft number' },
} as const satisfies Readonly<Record<string, Words>>;
