create table questionnaire (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  bureau_id text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  draft_document jsonb not null,
  draft_hash text not null,
  revision integer not null default 1,
  latest_version integer,
  latest_hash text,
  question_count integer not null,
  minutes integer not null,
  is_demo boolean not null default false,
  created_by uuid not null,
  updated_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index questionnaire_updated on questionnaire (updated_at desc, id);

-- Published versions never change: campaigns and submissions point at them.
create table questionnaire_version (
  questionnaire_id uuid not null references questionnaire (id),
  version integer not null check (version > 0),
  document jsonb not null,
  hash text not null,
  published_by uuid not null,
  published_at timestamptz not null default now(),
  primary key (questionnaire_id, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are immutable', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger questionnaire_version_immutable before update or delete on questionnaire_version
  for each row execute function refuse_change();
