import { makeCreditCode } from '@suiban/shared/identity';
import { pulseForm, restaurantForm, type SurveyDocument } from '@suiban/shared/surveys';
import { sql } from 'kysely';
import { hashToken, randomToken } from '../../bot-server/src/kernel/crypto/token';
import type { OfficialActor } from '../../bot-server/src/kernel/http/actor';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import { insertPersonSession } from '../../bot-server/src/modules/identity/persons.repo';
import { createQuestionnaire, publishQuestionnaire } from '../../bot-server/src/modules/questionnaires';
import type { Caller, TestApp } from './app';
import type { TestDeps } from './deps';

const random = seededRandom(20261124);

export interface Firm {
  readonly id: string;
  readonly name: string;
}

let firms = 0;

/** A firm of the list, without an import. */
export async function addFirm(
  { db, clock }: TestDeps,
  given: { name?: string; industryCode?: string; districtCode?: string; sizeClass?: string } = {},
): Promise<Firm> {
  firms += 1;
  const name = given.name ?? `测试餐饮${firms}店`;
  const { id } = await db.one<{ id: string }>(sql`
    insert into enterprise (credit_code, name, industry_code, district_code, size_class, source, created_at, updated_at)
    values (${makeCreditCode(random, '310101')}, ${name}, ${given.industryCode ?? '6210'}, ${given.districtCode ?? '310101'},
      ${given.sizeClass ?? 'small'}, 'generator', ${clock.now()}, ${clock.now()}) returning id::text as id`);
  return { id, name };
}

export interface Agent extends Caller {
  readonly personId: string;
  /** To make callers with further headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A person who is the agent of these firms, signed in on a phone. */
export async function addAgent(deps: TestDeps, app: TestApp, of: readonly Firm[]): Promise<Agent> {
  const now = deps.clock.now();
  const { id: personId } = await deps.db.one<{ id: string }>(sql`insert into person (created_at) values (${now}) returning id`);
  for (const { id } of of) {
    await deps.db.run(sql`
      insert into enterprise_agent (enterprise_id, kind, person_id, mobile_sealed, mobile_index, bound_by, bound_at)
      values (${id}::bigint, 'mobile', ${personId}::uuid, 'sealed', ${`index ${personId}`}, 'invitation', ${now})`);
  }
  const token = randomToken();
  await insertPersonSession(deps.db, { personId, tokenHash: hashToken(token), now, expiresAt: new Date(now.getTime() + 90 * 86_400_000) });
  const headers = { authorization: `Bearer ${token}` };
  return { personId, headers, ...app.caller(headers) };
}

/** A member of a joined corp who speaks for these firms. */
export async function addMember({ db, clock }: TestDeps, of: readonly Firm[], corpId: string, userId: string): Promise<void> {
  for (const { id } of of) {
    await db.run(sql`
      insert into enterprise_agent (enterprise_id, kind, corp_id, wecom_agent_id, user_id, bound_by, bound_at)
      values (${id}::bigint, 'wecom', ${corpId}, 1000002, ${userId}, 'import', ${clock.now()})`);
  }
}

const drafter: OfficialActor = {
  kind: 'official',
  id: '00000000-0000-4000-8000-000000000001',
  name: '拟制人',
  roles: ['drafter'],
  bureauId: 'economy',
  districtCodes: [],
};

export const setting = {
  issuingBody: '测试制定机关',
  keptUntilOn: '2028-12-31',
  matters: [
    { id: 'labour', name: { zh: '用工', en: 'Labour' } },
    { id: 'rent', name: { zh: '租金', en: 'Rent' } },
    { id: 'other', name: { zh: '其他', en: 'Other' } },
  ],
};

export interface Visit {
  readonly campaignId: string;
  readonly questionnaireId: string;
  readonly version: number;
  readonly document: SurveyDocument;
}

/** A cloud visit that was launched to these firms, in the ledger's own tables: nothing is sent. */
export async function launchVisit(
  deps: TestDeps,
  asked: readonly Firm[],
  given: { document?: SurveyDocument; bureauId?: string; closesAt?: string } = {},
): Promise<Visit> {
  const actor = { ...drafter, bureauId: given.bureauId ?? 'economy' };
  const draft = await createQuestionnaire(deps, actor, given.document ?? restaurantForm(setting));
  const published = await publishQuestionnaire(deps, actor, draft.id, draft.revision);
  const version = published.latestVersion ?? 0;
  const now = deps.clock.now();
  const { id: campaignId } = await deps.db.one<{ id: string }>(sql`
    insert into campaign (kind, title, state, bureau_id, questionnaire_id, questionnaire_version, audience, exclusions, plan, closes_at,
      content_hash, drafter_id, launched_at)
    values ('cloud_visit', '测试走访', 'running', ${actor.bureauId}, ${draft.id}::uuid, ${version}, '{}', '{}', '[]',
      ${given.closesAt ?? '2026-06-30T15:59:59.999Z'}, 'hash', ${actor.id}::uuid, ${now}) returning id::text as id`);
  await deps.db.run(sql`
    insert into delivery (campaign_id, seq, enterprise_id, state)
    select ${campaignId}::bigint, seq, id, 'accepted' from unnest(${asked.map(({ id }) => id)}::bigint[]) with ordinality as firm (id, seq)`);
  await deps.db.run(sql`
    insert into delivery_address (campaign_id, seq, step, channel, account, address)
    select d.campaign_id, d.seq, 0, a.channel, 'default', a.address
    from delivery d join enterprise_address a on a.enterprise_id = d.enterprise_id and a.channel = 'wecom' and a.rank = 0
    where d.campaign_id = ${campaignId}::bigint`);
  return { campaignId, questionnaireId: draft.id, version, document: published.document };
}

export const pulse = (): SurveyDocument => pulseForm(setting);

/** Answers to the restaurant form that lead past every question. */
export const fullAnswers = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  operation: { option: 'normal' },
  turnover: { option: 'down' },
  difficulties: { options: ['rent', 'labour'] },
  request: '门店合同到期，希望协调减免三个月租金',
  matter: { option: 'rent' },
  ...given,
});

export const nothingToReport = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  operation: { option: 'normal' },
  turnover: { option: 'flat' },
  difficulties: { options: ['none'] },
  ...given,
});

/** What the dispatcher would have written: the firm's message went out by this channel. */
export const markSent = (
  { db }: TestDeps,
  { campaignId }: Visit,
  channel: 'sms' | 'wecom' | 'wechat-mini',
  state = 'accepted',
  attemptNo = 1,
) =>
  db.run(sql`
    insert into attempt (campaign_id, seq, attempt_no, step, channel, account, call_no, state)
    select campaign_id, seq, ${attemptNo}, 0, ${channel}, 'default', seq, ${state} from delivery where campaign_id = ${campaignId}::bigint`);
