-- One row per question: drafts of several devices merge by the newer saved_at.
create table survey_draft (
  campaign_id bigint not null,
  enterprise_id bigint not null,
  question_id text not null,
  -- Sealed where the question is sensitive.
  answer jsonb,
  saved_at timestamptz not null,
  saved_by uuid,
  primary key (campaign_id, enterprise_id, question_id)
);

create table submission (
  id uuid primary key default gen_random_uuid(),
  campaign_id bigint not null,
  enterprise_id bigint not null,
  questionnaire_id uuid not null,
  version integer not null,
  -- By question id; answers to sensitive questions are sealed.
  answers jsonb not null,
  via text not null check (via in ('wechat-mini', 'wecom', 'sms', 'inbox', 'h5', 'liaison')),
  name_visibility text not null check (name_visibility in ('public', 'industry-district', 'hidden')),
  started_at timestamptz,
  submitted_by uuid,
  submitted_at timestamptz not null,
  problem_count integer not null default 0,
  -- The promise "one answer per enterprise" is this key.
  unique (campaign_id, enterprise_id),
  foreign key (questionnaire_id, version) references questionnaire_version (questionnaire_id, version)
);
create index submission_by_time on submission (campaign_id, submitted_at desc, id);

create trigger submission_immutable before update of answers, campaign_id, enterprise_id, version on submission
  for each row execute function refuse_change();

-- What other modules may read of answers.
create view submission_overview as
  select id as submission_id, campaign_id, enterprise_id, via, submitted_at, problem_count from submission;
