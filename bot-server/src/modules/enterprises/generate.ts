import type { Tx } from '../../kernel/db/database';
import { indexOfMobile } from '../identity';
import type { Deps } from '../module';
import { mobilePurpose, namePurpose } from './contacts.repo';
import { type AgentWrite, analyseFirms, type ContactWrite, type FirmWrite, writeAgents, writeContacts, writeFirms } from './firms.repo';
import { pickWeighted, seededRandom } from './generator/random';
import { type SyntheticFirm, syntheticFirm, syntheticMobile } from './generator/synthetic-firm';
import { sizeOf } from './merge';

const batchSize = 2000;
/** Each brings an event that grants its credits; more would only make the first start long. */
const mostSubscribed = 2000;

type Reach = 'none' | 'mobile' | 'invited' | 'openid' | 'wecom' | 'subscribed';
/** The funnel of a city in its second year. */
const reachMix: readonly (readonly [Reach, number])[] = [
  ['none', 12],
  ['mobile', 43],
  ['invited', 15],
  ['wecom', 12],
  ['openid', 8],
  ['subscribed', 10],
];
const funnelOf = {
  none: 'imported',
  mobile: 'imported',
  invited: 'invited',
  openid: 'bound',
  wecom: 'bound',
  subscribed: 'subscribed',
} as const;

interface Made {
  readonly firm: SyntheticFirm;
  readonly reach: Reach;
  /** Position in the whole run: what names its person, and what decides the rest, so that the dice never depend on what is stored. */
  readonly serial: number;
}

/**
 * A synthetic city of `count` firms, all marked as such. The same seed gives the same firms: running it again changes nothing but times.
 * About 100,000 a minute on the embedded database. `onProgress` hears how many are written.
 */
export async function generateEnterprises(
  deps: Deps,
  count: number,
  seed: number,
  onProgress: (written: number) => void = () => undefined,
): Promise<{ written: number }> {
  const random = seededRandom(seed);
  const places = { districts: deps.city.districts, mark: deps.city.demoEnterprisePrefix };
  let subscribed = 0;
  for (let start = 0; start < count; start += batchSize) {
    const batch: Made[] = Array.from({ length: Math.min(batchSize, count - start) }, (_, index) => {
      const firm = syntheticFirm(random, places);
      let reach = pickWeighted(random, reachMix);
      if (reach === 'subscribed' && subscribed >= mostSubscribed) reach = 'openid';
      if (reach === 'subscribed') subscribed += 1;
      return { firm, reach, serial: (seed % 100) * 1_000_000 + start + index };
    });
    await deps.db.tx((tx) => writeBatch(deps, tx, batch));
    onProgress(start + batch.length);
  }
  await analyseFirms(deps.db);
  return { written: count };
}

async function writeBatch(deps: Deps, tx: Tx, batch: readonly Made[]): Promise<void> {
  const now = deps.clock.now();
  // One firm per code: two of a batch with the same code could not be written by one statement.
  const made = [...new Map(batch.map((each) => [each.firm.creditCode, each])).values()];
  const written = await writeFirms(tx, made.map(firmWrite), 'generator', now);
  const idOf = new Map(written.map(({ id, credit_code: code }) => [code, id]));
  const contacts = made.flatMap((each) => contactOf(deps, each, idOf.get(each.firm.creditCode) ?? ''));
  if (contacts.length > 0) await writeContacts(tx, contacts, now);
  const agents = made.flatMap((each) => agentOf(deps, each, idOf.get(each.firm.creditCode) ?? ''));
  if (agents.length === 0) return;
  const subscribed = new Map(made.filter(({ reach }) => reach === 'subscribed').map((each) => [idOf.get(each.firm.creditCode), each]));
  for (const { id, enterprise_id: enterpriseId, kind } of await writeAgents(tx, agents, 'generator', now)) {
    const firm = subscribed.get(enterpriseId);
    if (kind !== 'openid' || !firm) continue;
    const payload = { agentId: id, enterpriseId, account: 'default', templateCredits: 1 + (firm.serial % 3) };
    await deps.outbox.add(tx, { topic: 'enterprises.agent-imported', key: enterpriseId, payload });
  }
}

function firmWrite({ firm, reach }: Made): FirmWrite {
  const facts = {
    creditCode: firm.creditCode,
    name: firm.name,
    industryCode: firm.industryCode,
    districtCode: firm.districtCode,
    subdistrict: firm.subdistrict,
    staffCount: firm.staffCount,
    annualRevenueFen: String(firm.annualRevenueWan * 1_000_000),
    totalAssetsFen: String(firm.totalAssetsWan * 1_000_000),
    tags: firm.tags,
    funnel: funnelOf[reach],
    isDemo: true,
  };
  return { ...facts, sizeClass: sizeOf(facts) };
}

function contactOf({ sealer, city }: Deps, { reach, serial }: Made, enterpriseId: string): ContactWrite[] {
  if (reach === 'none' || reach === 'openid') return [];
  const mobile = syntheticMobile(serial);
  return [
    {
      enterpriseId,
      nameSealed: sealer.seal(namePurpose, `${city.demoEnterprisePrefix}联系人${serial}`),
      mobileSealed: sealer.seal(mobilePurpose, mobile),
      mobileIndex: indexOfMobile(sealer, mobile),
    },
  ];
}

/** Openids and userids have the form that the sandbox knows: `o…` and `u…`. */
function agentOf({ config }: Deps, { reach, serial }: Made, enterpriseId: string): AgentWrite[] {
  const none = { openid: null, corpId: null, wecomAgentId: null, userId: null, externalUserId: null };
  if (reach === 'openid' || reach === 'subscribed') {
    return [{ ...none, enterpriseId, kind: 'openid', openid: `oDemo${String(serial).padStart(23, '0')}` }];
  }
  const { linkedCorps } = config.accounts.wecom;
  const corp = linkedCorps[serial % Math.max(1, linkedCorps.length)];
  if (reach !== 'wecom' || !corp) return [];
  return [{ ...none, enterpriseId, kind: 'wecom', corpId: corp.corpId, wecomAgentId: corp.agentId, userId: `u${serial}` }];
}
