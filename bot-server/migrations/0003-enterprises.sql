create table enterprise (
  id bigint generated always as identity primary key,
  credit_code text not null unique,
  name text not null,
  industry_code text not null,
  district_code text not null,
  subdistrict text,
  staff_count integer check (staff_count >= 0),
  annual_revenue_fen bigint check (annual_revenue_fen >= 0),
  total_assets_fen bigint check (total_assets_fen >= 0),
  size_class text check (size_class in ('large', 'medium', 'small', 'micro')),
  tags text[] not null default '{}',
  -- 已导入 → 已邀请 → 已绑定 → 已授权订阅: how far the firm ever came; never goes back.
  funnel text not null default 'imported' check (funnel in ('imported', 'invited', 'bound', 'subscribed')),
  is_suppressed boolean not null default false,
  suppressed_reason text,
  is_demo boolean not null default false,
  source text not null check (source in ('import', 'generator')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (is_suppressed = (suppressed_reason is not null))
);
create index enterprise_industry on enterprise (industry_code text_pattern_ops, district_code);
create index enterprise_district on enterprise (district_code, size_class);
create index enterprise_tags on enterprise using gin (tags);
create index enterprise_credit_code_prefix on enterprise (credit_code text_pattern_ops);

create table enterprise_contact (
  id uuid primary key default gen_random_uuid(),
  enterprise_id bigint not null references enterprise (id) on delete cascade,
  name_sealed text,
  mobile_sealed text not null,
  mobile_index text not null,
  -- 0 is asked first.
  position integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (enterprise_id, mobile_index)
);
create index enterprise_contact_mobile on enterprise_contact (mobile_index);

-- 经办人: who may act for the firm, known by an openid, a mobile, or a userid in a corp joined to the city's.
create table enterprise_agent (
  id uuid primary key default gen_random_uuid(),
  enterprise_id bigint not null references enterprise (id) on delete cascade,
  kind text not null check (kind in ('openid', 'mobile', 'wecom')),
  account text not null default 'default',
  person_id uuid references person (id),
  openid text,
  corp_id text,
  -- Agent id of the platform application in that corp; null = member of the city's own corp.
  wecom_agent_id integer,
  user_id text,
  mobile_sealed text,
  mobile_index text,
  bound_by text not null check (bound_by in ('import', 'invitation', 'generator')),
  bound_at timestamptz not null,
  revoked_at timestamptz,
  check (case kind
    when 'openid' then openid is not null
    when 'wecom' then corp_id is not null and user_id is not null
    else mobile_index is not null and mobile_sealed is not null end)
);
create unique index enterprise_agent_openid on enterprise_agent (enterprise_id, account, openid) where kind = 'openid' and revoked_at is null;
create unique index enterprise_agent_wecom on enterprise_agent (enterprise_id, account, corp_id, user_id) where kind = 'wecom' and revoked_at is null;
create unique index enterprise_agent_mobile on enterprise_agent (enterprise_id, mobile_index) where kind = 'mobile' and revoked_at is null;
create index enterprise_agent_by_openid on enterprise_agent (openid) where kind = 'openid';
create index enterprise_agent_by_wecom on enterprise_agent (corp_id, user_id) where kind = 'wecom';
create index enterprise_agent_by_mobile on enterprise_agent (mobile_index) where kind = 'mobile';
create index enterprise_agent_by_person on enterprise_agent (person_id) where person_id is not null;
create index enterprise_agent_by_enterprise on enterprise_agent (enterprise_id) where revoked_at is null;

-- planned → sending → accepted | refused | unknown. One row per firm and contact, ever: a second request plans nothing twice;
-- `refused` may be planned again by a person. `sending` left by a crash becomes `unknown`: an SMS gateway does not dedupe.
create table invitation (
  id uuid primary key default gen_random_uuid(),
  enterprise_id bigint not null references enterprise (id) on delete cascade,
  contact_id uuid not null references enterprise_contact (id) on delete cascade,
  state text not null default 'planned' check (state in ('planned', 'sending', 'accepted', 'refused', 'unknown')),
  tries integer not null default 0,
  code text,
  requested_by uuid not null,
  planned_at timestamptz not null,
  sent_at timestamptz,
  settled_at timestamptz,
  expires_at timestamptz not null,
  bound_at timestamptz,
  unique (enterprise_id, contact_id)
);
create index invitation_due on invitation (planned_at) where state in ('planned', 'sending');
create index invitation_recent on invitation (planned_at desc, id);

-- uploaded → running → completed | failed | cancelled. `checkpoint_row` counts the data rows whose effects are committed:
-- a run that was killed goes on after it. `lease_token` fences a worker that woke up late.
create table import_run (
  id uuid primary key default gen_random_uuid(),
  state text not null default 'uploaded' check (state in ('uploaded', 'running', 'completed', 'failed', 'cancelled')),
  file_name text not null,
  file_key text,
  size_bytes bigint not null,
  format text not null check (format in ('csv', 'xlsx')),
  encoding text not null,
  delimiter text,
  header jsonb not null,
  mapping jsonb not null,
  mark_as_demo boolean not null default false,
  rows_read integer not null default 0,
  rows_imported integer not null default 0,
  rows_updated integer not null default 0,
  rows_rejected integer not null default 0,
  rows_duplicate integer not null default 0,
  bytes_read bigint not null default 0,
  checkpoint_row integer not null default 0,
  lease_token uuid,
  lease_until timestamptz,
  failure text,
  created_by uuid not null,
  bureau_id text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index import_run_recent on import_run (created_at desc, id);
create index import_run_open on import_run (state) where state in ('uploaded', 'running');

create table import_error (
  id bigint generated always as identity primary key,
  run_id uuid not null references import_run (id) on delete cascade,
  line integer not null,
  column_name text,
  rule text not null,
  message text not null,
  -- The original cells (JSON array), sealed: they hold names and mobiles. On the row's first error only.
  row_sealed text
);
create index import_error_run on import_error (run_id, id);

-- First line of each code taken over in a run: how a duplicate inside one file is told. Emptied when the run ends.
create table import_seen (
  run_id uuid not null references import_run (id) on delete cascade,
  credit_code text not null,
  line integer not null,
  primary key (run_id, credit_code)
);

create view enterprise_audience as
  select id as enterprise_id, credit_code, name, industry_code, district_code, subdistrict, staff_count, annual_revenue_fen,
    total_assets_fen, size_class, tags, is_demo, funnel, is_suppressed, suppressed_reason
  from enterprise;

-- `person_key`: equal for addresses of one person on a channel. `rank` 0 = asked first within the channel. Ties end at the id, so two
-- freezes of the same rows give the same addresses. The channel stands outside the ranked query: a question about one channel then reads
-- only that branch.
create view enterprise_address as
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
  ) mobiles;
