-- What payment platforms said, each happening once: the history of a trade, only ever added to. Who paid is with the order, not here.
create table payment_notice (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('wechat-pay', 'alipay')),
  merchant_id text not null,
  notice_id text not null,
  trade_no text not null,
  out_trade_no text not null,
  app_id text not null,
  happened text not null check (happened in ('paid', 'closed', 'refunded', 'refund-failed', 'refund-closed')),
  total_fen bigint not null check (total_fen >= 0),
  -- Empty but for refunds.
  out_refund_no text not null default '',
  refund_fen bigint check (refund_fen >= 0),
  -- Alipay: all refunds so far together.
  refunded_total_fen bigint check (refunded_total_fen >= 0),
  happened_at timestamptz not null,
  received_at timestamptz not null,
  -- A redelivery.
  unique (provider, merchant_id, notice_id)
);
-- The same happening told under another id. Refunds without a number are told apart by their sum.
create unique index payment_notice_happening
  on payment_notice (provider, merchant_id, trade_no, happened, out_refund_no, (coalesce(refunded_total_fen, -1)));

-- Where a trade stands, worked out of all its notices: their order of arrival does not matter.
create table payment_trade (
  provider text not null,
  merchant_id text not null,
  trade_no text not null,
  out_trade_no text not null,
  total_fen bigint not null,
  refunded_fen bigint not null default 0,
  state text not null check (state in ('paid', 'part-refunded', 'closed', 'refunded')),
  updated_at timestamptz not null,
  primary key (provider, merchant_id, trade_no)
);
create index payment_trade_by_order on payment_trade (provider, merchant_id, out_trade_no);
