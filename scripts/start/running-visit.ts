import { setTimeout as sleep } from 'node:timers/promises';
import { type CampaignSummary, campaignsApi } from '@suiban/shared/api/campaigns';
import type { ApiClient } from '../support/api-client';
import type { Cast } from '../support/officials';
import type { SandboxClient } from '../support/sandbox-client';
import { approveAndLaunch, type NewVisit, submitVisit, visitDraft } from '../support/visits';

/** With two messages in flight at a time, four hundred take some minutes. */
export const visibleLatencyMs = { min: 1500, max: 2500 };

async function running({ drafter }: Pick<Cast, 'drafter'>): Promise<CampaignSummary | undefined> {
  const { items } = await drafter.call(campaignsApi.listCampaigns, { query: { state: 'running', limit: 1 } });
  return items[0];
}

/** One visit is on its way whenever the system is opened: what runs goes on, else the next one is launched. Slowed down so that it can be watched. */
export async function keepOneRunning(cast: Cast, sandbox: SandboxClient, next: () => Promise<NewVisit>): Promise<string> {
  const found = await running(cast);
  await sandbox.script({ latencyMs: visibleLatencyMs });
  if (found) return found.id;
  const { id } = await submitVisit(cast.drafter, visitDraft(await next()));
  await approveAndLaunch(cast, id);
  return id;
}

/** Takes the brake off once it has been sent, so that a visitor's own campaign goes out at once. Ends by itself; a stopped server ends it too. */
export async function releaseWhenSent(drafter: ApiClient, sandbox: SandboxClient, campaignId: string): Promise<void> {
  for (;;) {
    await sleep(2000);
    const { state } = await drafter.call(campaignsApi.getCampaignProgress, { params: { campaignId } });
    if (state !== 'running' && state !== 'paused') break;
  }
  await sandbox.script({ latencyMs: 0 });
}
