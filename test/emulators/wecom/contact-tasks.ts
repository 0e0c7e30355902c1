import type { World } from '../world/world';

/** Messages of a corp to one customer in a natural month. */
const PER_MONTH = 4;
const TASKS_HELD = 20_000;

/** Of one customer in a task, with the platform's numbers. */
export const CONTACT_STATES = { waiting: 0, sent: 1, noCustomer: 2, monthIsFull: 3 } as const;

export interface ContactTask {
  readonly msgid: string;
  readonly corpId: string;
  readonly staffUserId: string;
  readonly text: string;
  readonly requestHash: string;
  readonly at: string;
  readonly customers: { readonly externalUserId: string; status: number; sentAtSec: number | null }[];
  /** waiting → sent, by the member's confirmation only. */
  state: 'waiting' | 'sent';
}

/** Messages to customers: each is a task for a member of staff, and reaches nobody before that member confirms. */
export class ContactTasks {
  private readonly byId = new Map<string, ContactTask>();
  private readonly sentInMonth = new Map<string, number>();

  constructor(private readonly world: World) {}

  /** Ids that look like a customer's are customers of every member. */
  isCustomer(externalUserId: string): boolean {
    return /^w[mo][0-9A-Za-z_-]{2,62}$/.test(externalUserId);
  }

  mayGetMore(corpId: string, externalUserId: string): boolean {
    return (this.sentInMonth.get(this.monthKey(corpId, externalUserId)) ?? 0) < PER_MONTH;
  }

  add(task: ContactTask): void {
    this.byId.set(task.msgid, task);
    if (this.byId.size > TASKS_HELD)
      for (const oldest of this.byId.keys()) {
        this.byId.delete(oldest);
        break;
      }
  }

  get(msgid: string): ContactTask | undefined {
    return this.byId.get(msgid);
  }

  /** Newest first. */
  of(corpId: string, staffUserId: string): ContactTask[] {
    const wanted = staffUserId.toLowerCase();
    return [...this.byId.values()].filter((task) => task.corpId === corpId && task.staffUserId.toLowerCase() === wanted).reverse();
  }

  /** The member confirms: `show` puts the message on a customer's phone. Ids that end in 0404 have left since. */
  confirm(task: ContactTask, show: (externalUserId: string) => void): { sent: number; failed: number } {
    const nowSec = this.world.clock.sec();
    for (const customer of task.customers) {
      customer.status = this.send(task.corpId, customer.externalUserId);
      if (customer.status !== CONTACT_STATES.sent) continue;
      customer.sentAtSec = nowSec;
      show(customer.externalUserId);
    }
    task.state = 'sent';
    const sent = task.customers.filter(({ status }) => status === CONTACT_STATES.sent).length;
    return { sent, failed: task.customers.length - sent };
  }

  clear(): void {
    this.byId.clear();
    this.sentInMonth.clear();
  }

  private send(corpId: string, externalUserId: string): number {
    if (externalUserId.endsWith('0404')) return CONTACT_STATES.noCustomer;
    if (!this.mayGetMore(corpId, externalUserId)) return CONTACT_STATES.monthIsFull;
    const key = this.monthKey(corpId, externalUserId);
    this.sentInMonth.set(key, (this.sentInMonth.get(key) ?? 0) + 1);
    return CONTACT_STATES.sent;
  }

  /** The month on the platform's calendar, in China. */
  private monthKey(corpId: string, externalUserId: string): string {
    const month = new Date(this.world.clock.ms() + 8 * 3_600_000).toISOString().slice(0, 7);
    return `${corpId}/${externalUserId}/${month}`;
  }
}
