-- More ways to an agent: a follower of the service account, a person of the Alipay mini-program, a customer of our own member of staff
-- (`user_id` is the member, `external_user_id` the customer). `openid` stays the mini-program's.
alter table enterprise_agent add column external_user_id text;
alter table enterprise_agent drop constraint enterprise_agent_kind_check;
alter table enterprise_agent add constraint enterprise_agent_kind_check
  check (kind in ('openid', 'wechat-official', 'alipay-mini', 'mobile', 'wecom', 'wecom-contact'));
alter table enterprise_agent drop constraint enterprise_agent_check;
alter table enterprise_agent add constraint enterprise_agent_check check (case
  when kind in ('openid', 'wechat-official', 'alipay-mini') then openid is not null
  when kind = 'wecom' then corp_id is not null and user_id is not null
  when kind = 'wecom-contact' then user_id is not null and external_user_id is not null
  else mobile_index is not null and mobile_sealed is not null end);
create unique index enterprise_agent_official on enterprise_agent (enterprise_id, account, openid)
  where kind = 'wechat-official' and revoked_at is null;
create unique index enterprise_agent_alipay on enterprise_agent (enterprise_id, account, openid)
  where kind = 'alipay-mini' and revoked_at is null;
create unique index enterprise_agent_contact on enterprise_agent (enterprise_id, account, external_user_id)
  where kind = 'wecom-contact' and revoked_at is null;
create index enterprise_agent_by_further_openid on enterprise_agent (openid) where kind in ('wechat-official', 'alipay-mini');

create table enterprise_email (
  id uuid primary key default gen_random_uuid(),
  enterprise_id bigint not null references enterprise (id) on delete cascade,
  email_sealed text not null,
  email_index text not null,
  -- 0 is asked first.
  position integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (enterprise_id, email_index)
);

-- As before, with four more branches. Customers of staff have a channel name of their own here: a body for members cannot go to them.
create or replace view enterprise_address as
  select enterprise_id, 'wechat-mini'::text as channel, rank,
    jsonb_build_object('type', 'openid', 'account', account, 'openid', openid) as address,
    person_id, agent_id, 'o:' || account || ':' || openid as person_key
  from (
    select enterprise_id, account, openid, person_id, id as agent_id,
      (row_number() over (partition by enterprise_id order by bound_at, id) - 1)::integer as rank
    from enterprise_agent where kind = 'openid' and revoked_at is null
  ) openids
  union all
  select enterprise_id, 'wecom'::text, rank,
    case when wecom_agent_id is null
      then jsonb_build_object('type', 'wecom-member', 'account', account, 'userId', user_id)
      else jsonb_build_object('type', 'wecom-linked', 'account', account, 'corpId', corp_id, 'agentId', wecom_agent_id, 'userId', user_id) end,
    person_id, agent_id, 'w:' || corp_id || ':' || lower(user_id)
  from (
    select enterprise_id, account, corp_id, wecom_agent_id, user_id, person_id, id as agent_id,
      (row_number() over (partition by enterprise_id order by bound_at, id) - 1)::integer as rank
    from enterprise_agent where kind = 'wecom' and revoked_at is null
  ) members
  union all
  -- A bound agent's own mobile comes before the list's contacts; a number that is both appears once.
  select enterprise_id, 'sms'::text, rank,
    jsonb_build_object('type', 'mobile', 'account', 'default', 'mobileSealed', mobile_sealed), person_id, agent_id, 'm:' || mobile_index
  from (
    select enterprise_id, mobile_sealed, mobile_index, person_id, agent_id,
      (row_number() over (partition by enterprise_id order by is_contact, position, id) - 1)::integer as rank
    from (
      select enterprise_id, false as is_contact, 0 as position, id, mobile_sealed, mobile_index, person_id, id as agent_id
      from enterprise_agent where kind = 'mobile' and revoked_at is null
      union all
      select c.enterprise_id, true, c.position, c.id, c.mobile_sealed, c.mobile_index, null::uuid, null::uuid
      from enterprise_contact c
      where not exists (
        select 1 from enterprise_agent a
        where a.enterprise_id = c.enterprise_id and a.kind = 'mobile' and a.revoked_at is null and a.mobile_index = c.mobile_index)
    ) numbers
  ) mobiles
  union all
  select enterprise_id, 'wechat-official'::text, rank,
    jsonb_build_object('type', 'openid', 'account', account, 'openid', openid), person_id, agent_id, 'g:' || account || ':' || openid
  from (
    select enterprise_id, account, openid, person_id, id as agent_id,
      (row_number() over (partition by enterprise_id order by bound_at, id) - 1)::integer as rank
    from enterprise_agent where kind = 'wechat-official' and revoked_at is null
  ) followers
  union all
  select enterprise_id, 'alipay-mini'::text, rank,
    jsonb_build_object('type', 'openid', 'account', account, 'openid', openid), person_id, agent_id, 'a:' || account || ':' || openid
  from (
    select enterprise_id, account, openid, person_id, id as agent_id,
      (row_number() over (partition by enterprise_id order by bound_at, id) - 1)::integer as rank
    from enterprise_agent where kind = 'alipay-mini' and revoked_at is null
  ) payers
  union all
  select enterprise_id, 'wecom-contact'::text, rank,
    jsonb_build_object('type', 'wecom-contact', 'account', account, 'staffUserId', user_id, 'externalUserId', external_user_id),
    person_id, agent_id, 'x:' || account || ':' || external_user_id
  from (
    select enterprise_id, account, user_id, external_user_id, person_id, id as agent_id,
      (row_number() over (partition by enterprise_id order by bound_at, id) - 1)::integer as rank
    from enterprise_agent where kind = 'wecom-contact' and revoked_at is null
  ) customers
  union all
  select enterprise_id, 'email'::text, rank,
    jsonb_build_object('type', 'email', 'account', 'default', 'emailSealed', email_sealed), null::uuid, null::uuid, 'e:' || email_index
  from (
    select enterprise_id, email_sealed, email_index,
      (row_number() over (partition by enterprise_id order by position, id) - 1)::integer as rank
    from enterprise_email
  ) mails;
