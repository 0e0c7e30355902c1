-- What the workbench reads of campaigns: one row per campaign with the sums of its ledger.
create view campaign_progress as
  select c.id as campaign_id, c.title, c.state, c.bureau_id, c.drafter_id, c.submitted_at, c.launched_at,
    coalesce(b.accepted, 0)::int as accepted, coalesce(b.unknown, 0)::int as unknown
  from campaign c
  left join lateral (select sum(accepted) as accepted, sum(unknown) as unknown from batch where campaign_id = c.id) b on true;
create index campaign_launched on campaign (launched_at) where launched_at is not null;
create index campaign_in_review on campaign (bureau_id) where state = 'in_review';
create index submission_by_day on submission (submitted_at);
create index work_order_created on work_order (created_at);
create index work_order_closed on work_order (closed_at) where closed_at is not null;
