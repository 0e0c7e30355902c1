import type { MyWorkOrder } from '@suiban/shared/api/work-orders';
import { DomainError } from '@suiban/shared/errors';
import { type ExtractedProblem, extractProblems } from '@suiban/shared/surveys';
import { civilDateAt } from '@suiban/shared/time';
import { clocksOf } from '@suiban/shared/work-orders';
import type { Tx } from '../../kernel/db/database';
import type { Actor, PersonActor, SystemActor } from '../../kernel/http/actor';
import type { OutboxEvent } from '../../kernel/outbox/outbox';
import { type Enterprise, enterpriseById } from '../enterprises';
import type { Deps } from '../module';
import { type Submission, submissionById } from '../surveys';
import { clockContext, record } from './advance';
import { startClocks } from './clocks.repo';
import { findCampaignFace } from './faces.repo';
import { notifyFirm } from './notices';
import { findOrderOfTurn, insertOrder, type NewOrder, type OrderRow } from './orders.repo';
import { myOrderOf } from './read-my-work-orders';
import { mayReport } from './work-orders.policy';

const extractor: SystemActor = { kind: 'system', id: 'problem-extraction' };
/** Whoever speaks for a firm in a chat without having signed in is known by an address of the platform, which is personal. */
const chat: SystemActor = { kind: 'system', id: 'chat' };
const titleLength = 30;

type Matter = Deps['city']['matters'][number];

/** A matter the city does not know goes to the last one of its list, which is 其他. */
const matterOf = ({ city }: Deps, id: string | undefined): Matter | undefined =>
  city.matters.find((matter) => matter.id === id) ?? city.matters.find((matter) => matter.id === 'other') ?? city.matters.at(-1);

const defaultBureauOf = ({ city }: Deps): string => (city.bureaus.find(({ isDefault }) => isDefault) ?? city.bureaus[0])?.id ?? city.id;

const titleOf = (matter: Matter | undefined, text: string): string => {
  const line = [...text.replaceAll(/\s+/g, ' ').trim()];
  const short = line.length > titleLength ? `${line.slice(0, titleLength - 1).join('')}…` : line.join('');
  return matter ? `${matter.name}：${short}` : short;
};

type Reported = Pick<NewOrder, 'enterpriseId' | 'districtCode' | 'source' | 'nameVisibility' | 'ownerBureauId' | 'isDemo' | 'createdBy'>;

/** One order with its clocks and its first line; undefined when this problem has one already. */
async function open(
  tx: Tx,
  deps: Deps,
  actor: Exclude<Actor, { kind: 'anonymous' }>,
  of: Reported,
  said: { matterId?: string; text: string },
) {
  const at = deps.clock.now();
  const matter = matterOf(deps, said.matterId);
  const order = await insertOrder(tx, {
    ...of,
    day: civilDateAt(at, deps.city.timeZone).replaceAll('-', ''),
    matterId: matter?.id ?? 'other',
    proposedBureauId: matter?.bureauId ?? null,
    title: titleOf(matter, said.text),
    body: said.text,
    at,
  });
  if (!order) return undefined;
  await startClocks(tx, order.id, clocksOf({ startedAt: at }, clockContext(deps)));
  await record(tx, deps, order, order, { action: 'created', actor, role: actor.kind === 'system' ? 'system' : 'enterprise' });
  await notifyFirm(tx, deps, order, 'opened');
  return order;
}

async function openProblem(tx: Tx, deps: Deps, submission: Submission, problem: ExtractedProblem): Promise<OrderRow | undefined> {
  const firm = await enterpriseById(tx, submission.enterpriseId);
  const campaign = await findCampaignFace(tx, submission.campaignId);
  const { matterId, text } = problem;
  return open(
    tx,
    deps,
    extractor,
    {
      enterpriseId: submission.enterpriseId,
      districtCode: firm?.districtCode ?? '',
      source: {
        kind: 'survey',
        campaignId: submission.campaignId,
        submissionId: submission.id,
        questionId: problem.questionId,
      },
      nameVisibility: submission.nameVisibility,
      ownerBureauId: campaign?.bureau_id ?? defaultBureauOf(deps),
      isDemo: firm?.isDemo ?? false,
      createdBy: null,
    },
    matterId === undefined ? { text } : { matterId, text },
  );
}

/** Answers become work: one order per problem that the rules find in a submission. Safe to repeat: the unique key holds. */
export async function openFromSubmission(tx: Tx, deps: Deps, event: OutboxEvent): Promise<number> {
  const submission = await submissionById(tx, deps, String(event.payload.submissionId));
  if (!submission) throw new Error(`submission ${String(event.payload.submissionId)} is gone`);
  let opened = 0;
  for (const problem of extractProblems(submission.document, submission.answers)) {
    if (await openProblem(tx, deps, submission, problem)) opened += 1;
  }
  return opened;
}

/** What a firm says by itself, it says in its own name. */
const ownName = (deps: Deps, firm: Pick<Enterprise, 'id' | 'districtCode' | 'isDemo'>) => ({
  enterpriseId: firm.id,
  districtCode: firm.districtCode,
  nameVisibility: 'public' as const,
  ownerBureauId: defaultBureauOf(deps),
  isDemo: firm.isDemo,
});

/** An order from a turn of a conversation: once, however often the turn is worked. @throws DomainError kernel:not-found */
export async function openFromTurn(
  deps: Deps,
  given: { turnId: string; personId: string | null; enterpriseId: string; matterId: string; text: string },
): Promise<OrderRow> {
  const { turnId, personId, enterpriseId } = given;
  return deps.db.tx(async (tx) => {
    const firm = await enterpriseById(tx, enterpriseId);
    if (!firm) throw new DomainError('kernel:not-found', '没有找到这家企业');
    const actor: PersonActor | SystemActor = personId === null ? chat : { kind: 'person', id: personId, enterpriseIds: [enterpriseId] };
    const of: Reported = { ...ownName(deps, firm), source: { kind: 'conversation', turnId }, createdBy: personId };
    const order = (await open(tx, deps, actor, of, given)) ?? (await findOrderOfTurn(tx, turnId));
    if (!order) throw new Error(`turn ${turnId} has no order`);
    return order;
  });
}

/**
 * 反映诉求 from the phone, in the firm's own name. @throws DomainError kernel:not-found, kernel:not-allowed, kernel:invalid-request
 */
export async function createMyWorkOrder(
  deps: Deps,
  actor: PersonActor,
  given: { enterpriseId: string; matterId: string; text: string },
): Promise<MyWorkOrder> {
  mayReport(actor, given.enterpriseId);
  if (!deps.city.matters.some(({ id }) => id === given.matterId)) {
    throw new DomainError('kernel:invalid-request', '没有这一类事项，请重新选择', {
      errors: [{ pointer: '/body/matterId', detail: '不在可选的事项里' }],
    });
  }
  const order = await deps.db.tx(async (tx) => {
    const firm = await enterpriseById(tx, given.enterpriseId);
    if (!firm) throw new DomainError('kernel:not-found', '没有找到这家企业');
    const of: Reported = { ...ownName(deps, firm), source: { kind: 'appeal' }, createdBy: actor.id };
    return open(tx, deps, actor, of, given);
  });
  if (!order) throw new Error('an appeal has no key to collide on');
  return myOrderOf(deps, order);
}
