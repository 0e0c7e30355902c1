import { campaignsApi } from '@suiban/shared/api/campaigns';
import { conversationsApi } from '@suiban/shared/api/conversations';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import type { PersonSession } from '@suiban/shared/api/identity';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { sandboxPersonas } from '@suiban/shared/sandbox';
import { type Cast, demoCast } from '../support/officials';
import { SandboxClient } from '../support/sandbox-client';
import { until } from '../support/until';
import {
  chatCard,
  fullPlan,
  type NewVisit,
  type PublishedForm,
  publishTemplate,
  restaurantsOf,
  submitVisit,
  visitDraft,
} from '../support/visits';
import { bindPersonas } from './bind-personas';
import { givePhones } from './demo-phones';
import { answersOfCity, finishedVisit } from './finished-visit';
import { asCsv, demoFirms, type ListedFirm } from './firm-list';
import { keepOneRunning, releaseWhenSent, visibleLatencyMs } from './running-visit';

export interface DemoPlace {
  readonly baseUrl: string;
  readonly sandboxUrl: string;
  readonly cityFile: string;
  /** Data was prepared by an earlier start. */
  readonly isSeeded: boolean;
  /** Share of the city's firms and answers; tests need fewer. Default 1. */
  readonly scale?: number;
}

const runningTitle = '餐饮企业月度走访';

/**
 * Before the server starts, for what runs goes on at once: the firms' people get phones and credits, and a visit that goes on is slow
 * enough to be watched.
 */
export async function preparePhones({ sandboxUrl, cityFile, isSeeded, scale = 1 }: Omit<DemoPlace, 'baseUrl'>): Promise<void> {
  const sandbox = new SandboxClient(sandboxUrl);
  await givePhones(sandbox, demoFirms(cityFile, scale));
  if (isSeeded) await sandbox.script({ latencyMs: visibleLatencyMs });
}

/**
 * Everything over HTTP, as people would do it. First start: firms, a finished visit with answers and work orders, one that runs, one that
 * waits for the signatory, a draft. Later starts: a visit that runs.
 * Returns the sessions of the sandbox's people who accepted an invitation.
 */
export async function seedDemo({ baseUrl, sandboxUrl, cityFile, isSeeded, scale = 1 }: DemoPlace): Promise<readonly PersonSession[]> {
  const sandbox = new SandboxClient(sandboxUrl);
  const cast = await demoCast(baseUrl);
  const firms = demoFirms(cityFile, scale);
  const [near = '', next = ''] = [
    ...new Set(firms.filter(({ industryCode }) => industryCode.startsWith('62')).map((firm) => firm.districtCode)),
  ];
  const agents = isSeeded ? [] : await firstData(baseUrl, cast, sandbox, firms, { near, next }, Math.ceil(answersOfCity * scale));
  const campaignId = await keepOneRunning(cast, sandbox, () => monthlyVisit(cast, [near, next]));
  releaseWhenSent(cast.drafter, sandbox, campaignId).catch(() => undefined);
  return agents;
}

async function monthlyVisit({ drafter }: Cast, districtCodes: readonly string[]): Promise<NewVisit> {
  const { items } = await drafter.call(questionnairesApi.listQuestionnaires, { query: { state: 'published', limit: 50 } });
  for (const { id, latestVersion } of items) {
    if (latestVersion === null) continue;
    const { document } = await drafter.call(questionnairesApi.getQuestionnaireVersion, {
      params: { questionnaireId: id, version: latestVersion },
    });
    const form = { questionnaireId: id, version: latestVersion, document };
    const isRestaurants = document.pages.some(({ questions }) => questions.some((question) => question.id === 'turnover'));
    if (isRestaurants) return { title: runningTitle, form, audience: restaurantsOf(districtCodes), plan: await fullPlan(drafter) };
  }
  throw new Error('the restaurant questionnaire is gone');
}

async function firstData(
  baseUrl: string,
  cast: Cast,
  sandbox: SandboxClient,
  firms: readonly ListedFirm[],
  districts: { near: string; next: string },
  answers: number,
): Promise<readonly PersonSession[]> {
  const { drafter } = cast;
  const agents = await bringFirms(baseUrl, cast, sandbox, firms);
  const form = await publishTemplate(drafter, 'restaurant', 'CY-01');
  const pulse = await publishTemplate(drafter, 'pulse', 'KW-01');
  const plan = await fullPlan(drafter);
  const audience = restaurantsOf([districts.near, districts.next]);
  await finishedVisit(baseUrl, cast, sandbox, { title: '餐饮企业首轮走访', form, audience, plan }, answers);
  await waitingVisits(cast, { form, pulse, audience, plan });
  await somebodyAsks(cast, sandbox, firms);
  return agents;
}

/** A firm's agent waits for an operator: the desk of conversations has something to take. */
async function somebodyAsks({ dispatcher }: Cast, sandbox: SandboxClient, firms: readonly ListedFirm[]): Promise<void> {
  const asker = firms.find(({ name, wecom }) => wecom && !sandboxPersonas.some(({ firm }) => firm === name))?.wecom;
  if (!asker) return;
  const persona = `wecom:${asker.corpId}/${asker.userId}`;
  await sandbox.say(persona, 'wecom', '转人工');
  const isWaiting = async () => (await dispatcher.call(conversationsApi.countConversations)).waiting > 0;
  await until('the queue of conversations', isWaiting, { timeoutMs: 30_000 });
  await sandbox.say(persona, 'wecom', '我们店新装了油烟在线监测，想问补贴现在还能不能申请，要带什么材料？');
}

/** One waits for the signatory, one is still a draft. */
async function waitingVisits(
  { drafter }: Cast,
  { form, pulse, audience, plan }: Pick<NewVisit, 'form' | 'audience' | 'plan'> & { pulse: PublishedForm },
): Promise<void> {
  const byCard = [{ account: 'default', body: chatCard }, ...plan.filter(({ body }) => body.channel === 'sms')];
  await submitVisit(drafter, visitDraft({ title: '经营情况快问', form: pulse, audience, plan: byCard }));
  await drafter.call(campaignsApi.createCampaign, { body: visitDraft({ title: '餐饮企业政策需求走访', form, audience, plan }) });
}

/**
 * Two lists, as they come in an office: the register with mobile numbers, whose firms are invited and some accept; later the list of those
 * in the joined corps and the mini-program. A firm that is bound already is not invited any more.
 */
async function bringFirms(
  baseUrl: string,
  cast: Cast,
  sandbox: SandboxClient,
  firms: readonly ListedFirm[],
): Promise<readonly PersonSession[]> {
  const names = new Set(sandboxPersonas.map(({ firm }) => firm));
  const isKnown = ({ name }: ListedFirm): boolean => names.has(name);
  const register = firms.map((firm) => (isKnown(firm) ? { ...firm, openid: null, wecom: null } : firm));
  await importFirms(cast, '餐饮及相关企业名单.csv', register);
  const agents = await bindPersonas(baseUrl, cast, sandbox, firms);
  await importFirms(cast, '上下游与小程序经办人名单.csv', firms.filter(isKnown));
  // Credits follow the import by events: a visit that is launched before them would send nobody a mini-program message.
  const people = firms.filter(({ openid }) => openid).length;
  const subscribed = async () => {
    const { steps } = await cast.drafter.call(enterprisesApi.getEnterpriseFunnel);
    return (steps.find(({ step }) => step === 'subscribed')?.reached ?? 0) >= people;
  };
  await until('the credits of the firms', subscribed, { timeoutMs: 90_000, everyMs: 500 });
  return agents;
}

async function importFirms({ drafter }: Cast, fileName: string, firms: readonly ListedFirm[]): Promise<void> {
  const preview = await drafter.upload(enterprisesApi.uploadImport, fileName, Buffer.from(asCsv(firms)));
  const params = { importId: preview.run.id };
  await drafter.call(enterprisesApi.startImport, { params, body: { mapping: preview.mapping, markAsDemo: true } });
  await until(
    `the import of ${fileName}`,
    async () => {
      const { state, failure } = await drafter.call(enterprisesApi.getImport, { params });
      if (state === 'failed') throw new Error(failure ?? 'the import failed');
      return state === 'completed';
    },
    { timeoutMs: 120_000 },
  );
}
