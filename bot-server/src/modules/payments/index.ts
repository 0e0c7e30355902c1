import type { PaymentNotice } from '../../channels/payment';
import type { Deps, Module } from '../module';
import { permissions } from './payments.policy';
import { recordNotice } from './record-notice';

/**
 * What payment platforms tell, each happening once. Emits `payments.noticed` {noticeId} (a row of `payment_notice`; where its trade
 * stands: `payment_trade`). Notices are their own history, never changed, and no person acts here: nothing goes to the audit chain.
 */
export const paymentsModule = (deps: Deps): Module => ({
  name: 'payments',
  routes: [],
  permissions,
  onInbox: { payment: ({ payload }) => recordNotice(deps, payload as unknown as PaymentNotice) },
});
