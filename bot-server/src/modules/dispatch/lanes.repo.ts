import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database';

/*
 * A lane is the part of a batch (500 rows) that goes out on one step of the plan.
 *   ready  → leased  a dispatcher took it; its fence grew by one
 *   leased → leased  taken over: the lease ran out, its holder died or slept
 *   leased → ready   given back: rest (`not_before`), pause of the campaign, or the process ends
 *   leased → idle    nothing waits
 *   idle   → ready   rows came back: from a refusal on the step before, a retry, the sweep
 * Lease times are the database's, so processes need not agree on the time. Every write of a holder names its fence.
 */

export interface LaneKey {
  readonly campaignId: string;
  readonly batchNo: number;
  readonly step: number;
}

export interface Lane extends LaneKey {
  readonly channel: string;
  readonly account: string;
  readonly fence: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly failures: number;
  readonly waiting: number;
}

/**
 * May be taken: of a running campaign what is ready, and what a dead holder left; of any other only the latter, for its answers
 * must still be written.
 */
const takeable = (isRunning: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  ((l.state = 'ready' and ${isRunning} and (l.not_before is null or l.not_before <= now())) or (l.state = 'leased' and l.leased_until <= now()))`;

/** Campaigns with something to do on this account: those with fewer lanes in work first, so that none waits for a big one. */
export const campaignsWithWork = (tx: Tx, channel: string, account: string): Promise<{ campaignId: string }[]> =>
  tx.rows(sql<{ campaignId: string }>`
    select c.campaign_id as "campaignId"
    from campaign_state c
    where c.state in ('running', 'paused', 'halted', 'cancelled') and exists (
      select 1 from batch_lane l
      where l.campaign_id = c.campaign_id and l.channel = ${channel} and l.account = ${account} and l.state <> 'idle'
        and ${takeable(sql`c.state = 'running'`)})
    order by (
      select count(*) from batch_lane o
      where o.campaign_id = c.campaign_id and o.channel = ${channel} and o.account = ${account} and o.state = 'leased' and o.leased_until > now()
    ), c.campaign_id`);

/** Takes the next lane of a campaign on this account, if there is one that nobody else takes at the same moment. */
export const leaseLane = (
  tx: Tx,
  { campaignId, channel, account }: { campaignId: string; channel: string; account: string },
  owner: string,
  leaseSec: number,
): Promise<Lane | undefined> =>
  tx.first(sql<Lane>`
    with taken as (
      select l.campaign_id, l.batch_no, l.step from batch_lane l
      where l.campaign_id = ${campaignId}::bigint and l.channel = ${channel} and l.account = ${account} and l.state <> 'idle'
        and ${takeable(sql`exists (select 1 from campaign_state c where c.campaign_id = l.campaign_id and c.state = 'running')`)}
      order by l.batch_no limit 1
      for update skip locked
    )
    update batch_lane l set state = 'leased', fence = l.fence + 1, lease_owner = ${owner}, not_before = null,
      leased_until = now() + make_interval(secs => ${leaseSec})
    from taken t, batch b
    where l.campaign_id = t.campaign_id and l.batch_no = t.batch_no and l.step = t.step
      and b.campaign_id = l.campaign_id and b.batch_no = l.batch_no
    returning l.campaign_id as "campaignId", l.batch_no as "batchNo", l.step, l.channel, l.account, l.fence,
      b.from_seq as "fromSeq", b.to_seq as "toSeq", l.failures, l.waiting`);

export interface Held {
  readonly waiting: number;
  readonly campaignState: string;
}

/** Renews the lease, locking the lane until the transaction ends. undefined: somebody else has it now, nothing may be written. */
export const holdLane = (tx: Tx, lane: Lane, leaseSec: number): Promise<Held | undefined> =>
  tx.first(sql<Held>`
    update batch_lane l set leased_until = now() + make_interval(secs => ${leaseSec})
    from campaign_state c
    where l.campaign_id = ${lane.campaignId}::bigint and l.batch_no = ${lane.batchNo} and l.step = ${lane.step}
      and l.fence = ${lane.fence}::bigint and l.state = 'leased' and c.campaign_id = l.campaign_id
    returning l.waiting, c.state as "campaignState"`);

export interface LaneEnd {
  readonly state: 'ready' | 'idle';
  readonly restMs: number;
  readonly failures: number;
}

export const releaseLane = (tx: Tx, lane: Lane, { state, restMs, failures }: LaneEnd): Promise<number> =>
  tx.run(sql`
    update batch_lane set state = ${state}, lease_owner = null, leased_until = null, failures = ${failures}, rate_per_sec = 0,
      not_before = case when ${restMs}::float8 > 0 then now() + make_interval(secs => ${restMs / 1000}) end
    where campaign_id = ${lane.campaignId}::bigint and batch_no = ${lane.batchNo} and step = ${lane.step}
      and fence = ${lane.fence}::bigint and state = 'leased'`);

export const noteRate = (tx: Tx, lane: Lane, ratePerSec: number): Promise<number> =>
  tx.run(sql`
    update batch_lane set rate_per_sec = ${ratePerSec}
    where campaign_id = ${lane.campaignId}::bigint and batch_no = ${lane.batchNo} and step = ${lane.step} and fence = ${lane.fence}::bigint`);

/** Accounts with lanes that could be taken now: who must be woken. */
export const accountsWithWork = (tx: Tx): Promise<{ channel: string; account: string; lanes: number }[]> =>
  tx.rows(sql<{ channel: string; account: string; lanes: number }>`
    select l.channel, l.account, count(*)::int as lanes
    from batch_lane l join campaign_state c on c.campaign_id = l.campaign_id
    where l.state <> 'idle' and c.state in ('running', 'paused', 'halted', 'cancelled') and ${takeable(sql`c.state = 'running'`)}
    group by l.channel, l.account`);

/** After a person looked into what was wrong: nothing rests any longer. */
export const endRest = (tx: Tx, campaignId: string): Promise<number> =>
  tx.run(sql`
    update batch_lane set not_before = null, failures = 0
    where campaign_id = ${campaignId}::bigint and state = 'ready' and (not_before is not null or failures > 0)`);

/** Lanes that say they have nothing to do while their rows wait: a lost write of ours, put right. Also rows left waiting in a lane that never was. */
export const reviveLanes = (tx: Tx): Promise<{ campaignId: string }[]> =>
  tx.rows(sql<{ campaignId: string }>`
    with stuck as (
      select b.campaign_id, b.batch_no, b.from_seq, b.to_seq
      from batch b join campaign_state c on c.campaign_id = b.campaign_id and c.state = 'running'
      where b.waiting > 0
        and not exists (select 1 from batch_lane l where l.campaign_id = b.campaign_id and l.batch_no = b.batch_no and l.state <> 'idle')
    ), lost as (
      select s.campaign_id, s.batch_no, d.step, count(*)::int as waiting
      from stuck s join delivery d on d.campaign_id = s.campaign_id and d.seq between s.from_seq and s.to_seq
      where d.state in ('planned', 'sending') and d.step is not null
      group by s.campaign_id, s.batch_no, d.step
    )
    insert into batch_lane (campaign_id, batch_no, step, channel, account, waiting)
    select l.campaign_id, l.batch_no, l.step, p.steps -> l.step::int ->> 'channel', p.steps -> l.step::int ->> 'account', l.waiting
    from lost l join campaign_snapshot p on p.campaign_id = l.campaign_id
    on conflict (campaign_id, batch_no, step) do update set state = 'ready', waiting = excluded.waiting, not_before = null
    returning campaign_id as "campaignId"`);

/** Recipients per second over the whole account: each window takes its share of time, whichever process it is in. Returns the wait. */
export const reserveBudget = (tx: Tx, channel: string, account: string, recipients: number, perSec: number): Promise<{ waitMs: number }> =>
  tx.one(sql<{ waitMs: number }>`
    insert into channel_budget as b (channel, account, next_free_at)
    values (${channel}, ${account}, clock_timestamp() + make_interval(secs => ${recipients / perSec}))
    on conflict (channel, account) do update
      set next_free_at = greatest(b.next_free_at, clock_timestamp()) + make_interval(secs => ${recipients / perSec})
    returning greatest(0, extract(epoch from b.next_free_at - make_interval(secs => ${recipients / perSec}) - clock_timestamp()) * 1000)::float8
      as "waitMs"`);
