import { sql } from 'kysely';
import type { PaymentNotice } from '../../channels/payment';
import type { Tx } from '../../kernel/db/database';
import type { Happening, TradeStanding } from './payments.policy';

type Trade = Pick<PaymentNotice, 'provider' | 'merchantId' | 'tradeNo'>;

/** Notices of one trade are taken one after another. */
export const lockTrade = (tx: Tx, { provider, merchantId, tradeNo }: Trade): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`payment:${provider}:${merchantId}:${tradeNo}`}, 0))`);

/** undefined: this notice, or this happening under another id, is here already. */
export const insertNotice = (tx: Tx, notice: PaymentNotice, now: Date): Promise<{ id: string } | undefined> =>
  tx.first(sql<{ id: string }>`
    insert into payment_notice (provider, merchant_id, notice_id, trade_no, out_trade_no, app_id, happened, total_fen, out_refund_no,
      refund_fen, refunded_total_fen, happened_at, received_at)
    values (${notice.provider}, ${notice.merchantId}, ${notice.noticeId}, ${notice.tradeNo}, ${notice.outTradeNo}, ${notice.appId},
      ${notice.happened}, ${notice.totalFen}, ${notice.outRefundNo ?? ''}, ${notice.refundFen ?? null}, ${notice.refundedTotalFen ?? null}, ${notice.happenedAt}::timestamptz,
      ${now})
    on conflict do nothing returning id`);

interface FenRow {
  readonly totalFen: string;
  readonly refundFen: string | null;
  readonly refundedTotalFen: string | null;
}

const inNumbers = <Row extends FenRow>(row: Row) => ({
  ...row,
  totalFen: Number(row.totalFen),
  refundFen: row.refundFen === null ? null : Number(row.refundFen),
  refundedTotalFen: row.refundedTotalFen === null ? null : Number(row.refundedTotalFen),
});

/** What was said of the same happening before. */
export async function findSame(tx: Tx, notice: PaymentNotice): Promise<(Happening & { readonly outTradeNo: string }) | undefined> {
  const found = await tx.first(sql<FenRow & { happened: PaymentNotice['happened']; outTradeNo: string }>`
    select happened, out_trade_no as "outTradeNo", total_fen as "totalFen", refund_fen as "refundFen",
      refunded_total_fen as "refundedTotalFen" from payment_notice
    where provider = ${notice.provider} and merchant_id = ${notice.merchantId} and trade_no = ${notice.tradeNo}
      and happened = ${notice.happened} and out_refund_no = ${notice.outRefundNo ?? ''}
      and coalesce(refunded_total_fen, -1) = ${notice.refundedTotalFen ?? -1}`);
  return found && inNumbers(found);
}

export async function listHappenings(tx: Tx, { provider, merchantId, tradeNo }: Trade): Promise<Happening[]> {
  const rows = await tx.rows(sql<FenRow & { happened: PaymentNotice['happened'] }>`
    select happened, total_fen as "totalFen", refund_fen as "refundFen",
      refunded_total_fen as "refundedTotalFen" from payment_notice
    where provider = ${provider} and merchant_id = ${merchantId} and trade_no = ${tradeNo}`);
  return rows.map(inNumbers);
}

export const writeStanding = (tx: Tx, notice: PaymentNotice, standing: TradeStanding, now: Date): Promise<number> =>
  tx.run(sql`
    insert into payment_trade (provider, merchant_id, trade_no, out_trade_no, total_fen, refunded_fen, state, updated_at)
    values (${notice.provider}, ${notice.merchantId}, ${notice.tradeNo}, ${notice.outTradeNo}, ${standing.totalFen},
      ${standing.refundedFen}, ${standing.state}, ${now})
    on conflict (provider, merchant_id, trade_no) do update set total_fen = excluded.total_fen, refunded_fen = excluded.refunded_fen,
      state = excluded.state, updated_at = excluded.updated_at`);
