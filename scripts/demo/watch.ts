import { setTimeout as sleep } from 'node:timers/promises';
import { type CampaignProgress, type CampaignProof, campaignsApi } from '@suiban/shared/api/campaigns';
import { until } from '../support/until';
import { progressBars } from './bars';
import type { Kill, Report } from './report';
import { killing } from './settings';
import type { Stage } from './stage';

export interface Watched {
  readonly kills: readonly Kill[];
  readonly dispatchMs: number;
}

const patience = { timeoutMs: 300_000, everyMs: 300, forgives: true };

/** Kills the sender at `kills` points, evenly spread over what must be shown, each in the middle of something. */
async function killInBetween(stage: Stage, campaignId: string, reachable: number, kills: number, report: Report): Promise<readonly Kill[]> {
  const done: Kill[] = [];
  for (let number = 1; number <= kills; number += 1) {
    const threshold = Math.ceil((reachable * number) / (kills + 2));
    const kill = await until(
      `kill ${number}: ${threshold} messages shown and some in flight`,
      async () => {
        const { shown } = await stage.sandbox.totals();
        if (shown >= reachable) throw new Error(`everybody was reached before kill ${number}`);
        if (shown < threshold) return undefined;
        const { attempts } = await stage.cast.drafter.call(campaignsApi.getCampaignProof, { params: { campaignId } });
        return attempts.marked > 0 && { observed: shown, attempted: attempts.marked };
      },
      { ...patience, everyMs: 50, forgives: false },
    );
    await stage.killAndStart();
    done.push(kill);
    report.say(`kill -9 no. ${number}: ${kill.observed} shown, ${kill.attempted} in flight; started again`);
  }
  return done;
}

/** Until nothing waits. Servers may come and go meanwhile. */
async function watch(stage: Stage, campaignId: string, showsBars: boolean): Promise<CampaignProgress> {
  const bars = progressBars(showsBars);
  const end = await until(
    'the end of sending',
    async () => {
      const progress = await stage.cast.drafter.call(campaignsApi.getCampaignProgress, { params: { campaignId } });
      bars.draw(progress);
      return progress.counts.waiting === 0 && progress.counts.planned > 0 && progress;
    },
    patience,
  );
  bars.end();
  return end;
}

export async function dispatch(
  stage: Stage,
  campaignId: string,
  { kills, reachable, bars, report }: { kills: number; reachable: number; bars: boolean; report: Report },
): Promise<Watched> {
  const from = performance.now();
  const [done, progress] = await Promise.all([killInBetween(stage, campaignId, reachable, kills, report), watch(stage, campaignId, bars)]);
  const dispatchMs = performance.now() - from;
  if (kills > 0) {
    const seconds = (dispatchMs / 1000).toFixed(1);
    report.expect(dispatchMs >= killing.leastDispatchMs, `sending took ${seconds} s: too short for kills to mean anything`);
    await stage.sandbox.script({ latencyMs: 0 });
  }
  const { accepted, refused, unknown } = progress.counts;
  report.say(`sending took ${(dispatchMs / 1000).toFixed(1)} s: accepted ${accepted}, refused ${refused}, unknown ${unknown}`);
  return { kills: done, dispatchMs };
}

/** The proof once receipts have come in and no more change it. */
export async function settledProof(stage: Stage, campaignId: string): Promise<CampaignProof> {
  const params = { campaignId };
  const prove = () => stage.cast.drafter.call(campaignsApi.getCampaignProof, { params });
  await until('the last receipt', async () => (await stage.sandbox.counts()).pushesPending === 0, patience);
  let before = await prove();
  return until(
    'a proof that is final',
    async () => {
      await sleep(700);
      const now = await prove();
      const isSettled = now.isFinal && now.ledger.unknown === before.ledger.unknown;
      before = now;
      return isSettled && now;
    },
    { timeoutMs: 60_000 },
  );
}
