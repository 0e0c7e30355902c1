import type { Role } from '../../bot-server/src/kernel/http/actor';
import { messagesModule } from '../../bot-server/src/modules/messages';
import { questionnairesModule } from '../../bot-server/src/modules/questionnaires';
import { surveysModule } from '../../bot-server/src/modules/surveys';
import { workOrdersModule, workOrdersOf } from '../../bot-server/src/modules/work-orders';
import { type Answered, type Caller, startApp, type TestApp } from './app';
import type { TestDeps } from './deps';
import { type Agent, addAgent, addFirm, type Firm, fullAnswers, launchVisit, type Visit } from './visits';

type Official = Caller & { readonly id: string };

/** Everybody who has to do with an order: the asking bureau is `economy`, the answering one `housing` (租金). */
export interface OrderCity {
  readonly app: TestApp;
  readonly firm: Firm;
  readonly agent: Agent;
  readonly visit: Visit;
  readonly dispatcher: Official;
  readonly reviewer: Official;
  readonly supervisor: Official;
  readonly handler: Official;
  official(roles: readonly Role[], bureauId: string, districtCodes?: readonly string[]): Promise<Official>;
  /** A firm that answers the visit with a problem, its agent, and the order that came of it. */
  report(answers?: Record<string, unknown>): Promise<{ firm: Firm; agent: Agent; orderId: string }>;
}

export async function orderCity(deps: TestDeps): Promise<OrderCity> {
  const app = await startApp(deps, (given) => [
    messagesModule(given),
    questionnairesModule(given),
    surveysModule(given, { workOrdersOf }),
    workOrdersModule(given),
  ]);
  const firms: Firm[] = [];
  for (let index = 0; index < 40; index += 1) firms.push(await addFirm(deps));
  const visit = await launchVisit(deps, firms);
  const official = (roles: readonly Role[], bureauId: string, districtCodes: readonly string[] = []) =>
    app.official({ roles, bureauId, districtCodes });
  let used = 0;
  const report = async (answers: Record<string, unknown> = fullAnswers()) => {
    const firm = firms[used];
    used += 1;
    if (!firm) throw new Error('no firm left to report');
    const agent = await addAgent(deps, app, [firm]);
    const done = await agent.post(`/api/m/surveys/${visit.campaignId}/submission`, { enterpriseId: firm.id, version: 1, answers });
    if (done.status !== 201) throw new Error(done.text);
    await app.settle();
    const [order] = (await agent.get('/api/m/work-orders')).body.items as { id: string }[];
    return { firm, agent, orderId: order?.id ?? '' };
  };
  const [firm] = firms;
  if (!firm) throw new Error('no firm');
  return {
    app,
    visit,
    official,
    report,
    firm,
    agent: await addAgent(deps, app, [firm]),
    dispatcher: await official(['dispatcher'], 'economy'),
    reviewer: await official(['reviewer'], 'economy'),
    supervisor: await official(['supervisor'], 'economy'),
    handler: await official(['handler'], 'housing'),
  };
}

/** One step of an official, with the revision they see. @throws Error when the order cannot be read */
export async function step(who: Caller, orderId: string, verb: string, body: Record<string, unknown> = {}): Promise<Answered> {
  const seen = await who.get(`/api/work-orders/${orderId}`);
  if (seen.status !== 200) throw new Error(`read before ${verb}: ${seen.status} ${seen.text}`);
  return who.post(`/api/work-orders/${orderId}/${verb}`, { revision: seen.body.revision, ...body });
}

/** Steps that must succeed, in order. */
export async function steps(...all: readonly (readonly [Caller, string, string, Record<string, unknown>?])[]): Promise<void> {
  for (const [who, orderId, verb, body] of all) {
    const done = await step(who, orderId, verb, body);
    if (done.status !== 200) throw new Error(`${verb}: ${done.status} ${done.text}`);
  }
}

export const reply = { reply: '已与出租方协商，减免三个月租金，协议已签。', outcome: 'solved' } as const;
