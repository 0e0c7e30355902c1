-- Two platforms sell one message per permission. Template ids and openids of one are never the other's, so the key stays.
alter table subscription_credit add column channel text not null default 'wechat-mini' check (channel in ('wechat-mini', 'alipay-mini'));

-- Grants are used oldest first, so those that are left are the newest: their age is read from the entries.
create index subscription_entry_grant on subscription_entry (template_id, at) where delta > 0;
create index subscription_entry_age on subscription_entry (at);

-- People the platform says it cannot reach from this account any more: their credits are worth nothing. A new permission takes the row away.
create table subscription_gone (
  channel text not null,
  account text not null,
  openid text not null,
  code text not null,
  at timestamptz not null,
  primary key (channel, account, openid)
);

create or replace view subscription_reach as
  select c.account, c.openid, c.template_id,
    case when g.openid is not null then 0 when c.is_long_term then 1000000 else c.credits end as credits,
    c.channel, c.is_long_term, g.openid is not null as is_gone
  from subscription_credit c
  left join subscription_gone g on g.channel = c.channel and g.account = c.account and g.openid = c.openid;
