-- One-time templates: each accept of a person is one message. Long-term templates: no limit, so no counting.
create table subscription_credit (
  account text not null,
  openid text not null,
  template_id text not null,
  credits integer not null default 0 check (credits >= 0),
  is_long_term boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (account, openid, template_id)
);

-- Why the figure is what it is. `ref` makes each cause count once: a prompt's id, a push's key, an attempt's name.
create table subscription_entry (
  account text not null,
  openid text not null,
  template_id text not null,
  ref text not null,
  source text not null check (source in ('phone', 'push', 'send')),
  delta integer not null,
  reason text not null check (reason in ('granted', 'rejected', 'consumed', 'reconciled')),
  -- The entry of the other source about the same prompt.
  paired_ref text,
  at timestamptz not null default now(),
  primary key (account, openid, template_id, ref)
);

create view subscription_reach as
  select account, openid, template_id, case when is_long_term then 1000000 else credits end as credits
  from subscription_credit;

-- Credits that a list of firms claims for an agent, until they are written to the account's one-time templates (which the platform must be asked for).
create table subscription_import (
  agent_id uuid primary key,
  account text not null,
  credits integer not null check (credits > 0)
);
