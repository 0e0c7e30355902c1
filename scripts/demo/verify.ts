import { campaignsApi, type DeliveryState } from '@suiban/shared/api/campaigns';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import type { ApiClient } from '../support/api-client';
import type { PhoneMessage } from '../support/sandbox-client';
import type { FixtureFirm } from './fixture';
import type { Stage } from './stage';

/** States in which the ledger says itself that a firm got nothing, or that nobody knows. */
const excused: readonly DeliveryState[] = ['refused', 'unknown', 'suppressed', 'cancelled'];

const addressesOf = ({ mobile, openid, wecom }: FixtureFirm): readonly string[] => [
  ...(mobile ? [`sms:${mobile}`] : []),
  ...(openid ? [`wechat:${openid}`] : []),
  ...(wecom ? [`wecom:${wecom.corpId}/${wecom.userId.toLowerCase()}`] : []),
];
const addressOf = ({ platform, corpId, recipient }: PhoneMessage): string =>
  platform === 'wecom' ? `wecom:${corpId}/${recipient.toLowerCase()}` : `${platform}:${recipient}`;

/** Credit codes by the id that the ledger speaks of. */
async function creditCodes(client: ApiClient): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await client.call(enterprisesApi.listEnterprises, {
      query: { limit: 200, industry: '62', ...(cursor ? { cursor } : {}) },
    });
    for (const { id, creditCode } of page.items) codes.set(id, creditCode);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return codes;
}

async function excusedFirms(client: ApiClient, campaignId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const state of excused) {
    let cursor: string | undefined;
    do {
      const page = await client.call(campaignsApi.listDeliveries, {
        params: { campaignId },
        query: { state, limit: 200, ...(cursor ? { cursor } : {}) },
      });
      found.push(...page.items.map(({ enterpriseId }) => enterpriseId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
  return found;
}

/** Expected firms that no phone saw and that the ledger does not list either. */
export async function lostFirms(
  { cast }: Stage,
  campaignId: string,
  expected: readonly FixtureFirm[],
  shown: readonly PhoneMessage[],
): Promise<readonly FixtureFirm[]> {
  const seen = new Set(shown.filter(({ attemptKey }) => attemptKey?.startsWith(`c${campaignId}a`)).map(addressOf));
  const codes = await creditCodes(cast.drafter);
  const listed = new Set((await excusedFirms(cast.drafter, campaignId)).map((id) => codes.get(id)));
  return expected.filter((firm) => !addressesOf(firm).some((address) => seen.has(address)) && !listed.has(firm.creditCode));
}

/** People shown one attempt of a campaign more than once, whichever channel it came by: counted here, and by the sandbox itself. */
export async function duplicates({ sandbox }: Stage, expected: readonly FixtureFirm[], shown: readonly PhoneMessage[]): Promise<number> {
  const personOf = new Map(expected.flatMap((firm) => addressesOf(firm).map((address) => [address, firm.creditCode] as const)));
  const seen = new Set<string>();
  let repeats = 0;
  for (const message of shown) {
    if (message.attemptKey === null) continue;
    const key = `${personOf.get(addressOf(message)) ?? addressOf(message)} ${message.attemptKey}`;
    if (seen.has(key)) repeats += 1;
    seen.add(key);
  }
  return Math.max(repeats, (await sandbox.counts()).repeated);
}
