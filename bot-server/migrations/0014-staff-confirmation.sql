-- Accepted by the platform as a task for a member of staff: nothing reaches the person before they confirm. Part of `accepted`.
alter table attempt add column awaits_staff boolean not null default false;
alter table delivery add column awaits_staff boolean not null default false;
alter table batch add column awaiting_staff integer not null default 0;

-- Tasks to ask the platform about; a row goes when the answer is known, or after a month.
create table staff_confirmation (
  campaign_id bigint not null,
  seq integer not null,
  attempt_no smallint not null,
  channel text not null,
  account text not null,
  platform_id text not null,
  made_at timestamptz not null default now(),
  ask_at timestamptz not null,
  primary key (campaign_id, seq, attempt_no)
);
create index staff_confirmation_due on staff_confirmation (ask_at);

-- Receipts that name a person and a template instead of a message.
create index delivery_address_further_openid on delivery_address ((address ->> 'openid')) where channel in ('wechat-official', 'alipay-mini');
