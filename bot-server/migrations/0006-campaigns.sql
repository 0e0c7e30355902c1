create table campaign (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('cloud_visit', 'notice')),
  title text not null,
  state text not null default 'draft' check (
    state in ('draft', 'in_review', 'approved', 'scheduled', 'running', 'paused', 'halted', 'completed', 'cancelled')
  ),
  state_reason text,
  bureau_id text not null,
  questionnaire_id uuid,
  questionnaire_version integer,
  notice_text text not null default '',
  audience jsonb not null,
  exclusions jsonb not null,
  plan jsonb not null,
  start_at timestamptz,
  not_after_at timestamptz,
  closes_at timestamptz not null,
  revision integer not null default 1,
  content_hash text not null,
  approved_hash text,
  -- The draft as the last reviewer saw it: what changed since then is shown to the next one.
  reviewed_draft jsonb,
  heading_exemption_reason text,
  rejection_reason text,
  rejected_by uuid,
  rejected_at timestamptz,
  drafter_id uuid not null,
  signatory_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  submitted_at timestamptz,
  approved_at timestamptz,
  launched_at timestamptz,
  -- All rows settled, or cancelled.
  ended_at timestamptz,
  -- Taking answers ended before closes_at.
  closed_at timestamptz,
  check ((questionnaire_id is null) = (questionnaire_version is null))
);
create index campaign_newest on campaign (created_at desc, id desc);
create index campaign_alive on campaign (id) where state in ('scheduled', 'running', 'paused', 'halted');

create table campaign_snapshot (
  campaign_id bigint primary key references campaign (id),
  frozen_at timestamptz not null default now(),
  rule_hash text not null,
  data_version text not null,
  matched integer not null,
  planned integer not null,
  -- SHA-256 over the enterprise ids in the order of seq.
  audience_hash text not null,
  -- Per step: channel, account and the body as it is sent. Calls are rebuilt from it byte for byte, so it never changes.
  steps jsonb not null,
  batch_size integer not null
);

create table delivery_exclusion (
  campaign_id bigint not null references campaign (id),
  reason text not null,
  firms integer not null,
  primary key (campaign_id, reason)
);

-- One row per firm. No index holds `state`: updates stay on the page (HOT), lists by state go through the batch counters.
create table delivery (
  campaign_id bigint not null,
  seq integer not null,
  enterprise_id bigint not null,
  state text not null check (state in ('planned', 'sending', 'accepted', 'refused', 'unknown', 'suppressed', 'cancelled')),
  -- Step of the plan that is being tried or was the last one; null where no channel reaches the firm.
  step smallint,
  attempt_no smallint not null default 0,
  -- Tries on the present step.
  tries smallint not null default 0,
  error_class text,
  code text,
  settled_at timestamptz,
  opened_at timestamptz,
  answered_at timestamptz,
  primary key (campaign_id, seq)
) partition by hash (campaign_id);
create unique index delivery_enterprise on delivery (enterprise_id, campaign_id);

create table delivery_address (
  campaign_id bigint not null,
  seq integer not null,
  step smallint not null,
  channel text not null,
  account text not null,
  address jsonb not null,
  primary key (campaign_id, seq, step)
) partition by hash (campaign_id);

create index delivery_address_openid on delivery_address ((address ->> 'openid')) where channel = 'wechat-mini';
create index delivery_address_wecom on delivery_address ((lower(address ->> 'userId'))) where channel = 'wecom';

create table attempt (
  campaign_id bigint not null,
  seq integer not null,
  attempt_no smallint not null,
  step smallint not null,
  channel text not null,
  account text not null,
  -- The smallest seq of the call: with attempt_no and step it names the call, whose recipients are its attempts in the order of seq.
  call_no integer not null,
  state text not null default 'marked' check (state in ('marked', 'accepted', 'refused', 'unknown')),
  error_class text,
  code text,
  platform_id text,
  marked_at timestamptz not null default now(),
  settled_at timestamptz,
  receipt text check (receipt in ('delivered', 'failed')),
  receipt_code text,
  receipt_at timestamptz,
  -- Set when a person or a receipt settled what was unknown.
  resolved_at timestamptz,
  resolved_by uuid,
  resolved_reason text,
  primary key (campaign_id, seq, attempt_no)
) partition by hash (campaign_id);
create index attempt_receipt on attempt (platform_id) where platform_id is not null and channel <> 'wecom';

do $$
begin
  for i in 0..7 loop
    execute format('create table delivery_%s partition of delivery for values with (modulus 8, remainder %s) with (fillfactor = 70)', i, i);
    execute format('create table delivery_address_%s partition of delivery_address for values with (modulus 8, remainder %s)', i, i);
    execute format('create table attempt_%s partition of attempt for values with (modulus 8, remainder %s) with (fillfactor = 80)', i, i);
  end loop;
end
$$;

-- 500 rows of the ledger and what became of them; progress is the sum of these rows.
create table batch (
  campaign_id bigint not null,
  batch_no integer not null,
  from_seq integer not null,
  to_seq integer not null,
  planned integer not null,
  waiting integer not null default 0,
  accepted integer not null default 0,
  refused integer not null default 0,
  unknown integer not null default 0,
  suppressed integer not null default 0,
  cancelled integer not null default 0,
  delivered integer not null default 0,
  opened integer not null default 0,
  answered integer not null default 0,
  primary key (campaign_id, batch_no),
  check (planned = waiting + accepted + refused + unknown + suppressed + cancelled)
) with (fillfactor = 50);
create index batch_unknown on batch (campaign_id) where unknown > 0;
create index batch_waiting on batch (campaign_id) where waiting > 0;

-- The part of a batch that goes out on one step of the plan: what a dispatcher leases.
create table batch_lane (
  campaign_id bigint not null,
  batch_no integer not null,
  step smallint not null,
  channel text not null,
  account text not null,
  state text not null default 'ready' check (state in ('ready', 'leased', 'idle')),
  -- Grows by one with every lease: a write under an older fence is refused.
  fence bigint not null default 0,
  lease_owner text,
  leased_until timestamptz,
  not_before timestamptz,
  failures smallint not null default 0,
  waiting integer not null default 0,
  accepted integer not null default 0,
  refused integer not null default 0,
  unknown integer not null default 0,
  rate_per_sec real not null default 0,
  primary key (campaign_id, batch_no, step)
) with (fillfactor = 50);
create index batch_lane_alive on batch_lane (campaign_id, channel, account, batch_no) where state <> 'idle';

-- Attempts that did not go through, by what the platform said.
create table batch_error (
  campaign_id bigint not null,
  batch_no integer not null,
  channel text not null,
  code text not null,
  error_class text not null,
  attempts integer not null,
  primary key (campaign_id, batch_no, channel, code)
);

-- When the next recipient of an account may be sent to: one row per account, moved forward by each window of any process.
create table channel_budget (
  channel text not null,
  account text not null,
  next_free_at timestamptz not null,
  primary key (channel, account)
);

-- Signatures of pushes that were taken: a second push with one of them is a replay. Kept as long as a push may be old.
create table callback_nonce (
  source text not null,
  nonce_hash text not null,
  seen_at timestamptz not null default now(),
  primary key (source, nonce_hash)
);
create index callback_nonce_seen on callback_nonce (seen_at);

create view campaign_state as
  select id as campaign_id, state, kind, title, bureau_id, questionnaire_id, questionnaire_version, closes_at, closed_at, launched_at
  from campaign;

-- What other modules may read of the ledger.
create view campaign_recipient as
  select d.campaign_id, d.seq, d.enterprise_id, d.state, d.opened_at, d.answered_at
  from delivery d;
