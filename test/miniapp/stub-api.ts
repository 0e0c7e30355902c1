import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { SurveyForPhone } from '@suiban/shared/api/surveys';
import type { MyWorkOrder } from '@suiban/shared/api/work-orders';
import { checkSubmission, pathOf, progressOf, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { city, enterpriseId, enterpriseName, measures, messages, myself, orders, restaurant } from './stub-data';

/** What the phone asked for, as it came over HTTP. */
export interface Asked {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  token: string | undefined;
  idempotencyKey: string | undefined;
  body: unknown;
}
interface Campaign {
  document: SurveyDocument;
  state: 'open' | 'answered' | 'closed';
  drafts: Map<string, { answer: unknown; savedAt: string }>;
  submission: SurveyForPhone['submission'];
  ordersToOpen: { id: string; number: string }[];
}
export interface Stub {
  url: string;
  asked: Asked[];
  campaigns: Map<string, Campaign>;
  /** Answer of a call, before the stub's own: return undefined to let it through. */
  intercept: ((asked: Asked) => { status: number; body: unknown } | undefined) | undefined;
  close(): Promise<void>;
}

const problem = (status: number, type: string, detail: string) => ({
  status,
  body: { type: `urn:problem:${type}`, title: detail, status, detail },
});
const ok = (body: unknown, status = 200) => ({ status, body });
const token = 'stub-token';
const expiresAt = '2099-01-01T00:00:00.000Z';
const closesAt = '2099-11-27T18:00:00+08:00';
const now = '2026-11-24T15:00:00+08:00';

function summaryOf(campaignId: string, { document, state, drafts }: Campaign) {
  const answers = Object.fromEntries([...drafts].map(([id, { answer }]) => [id, answer]));
  return {
    campaignId,
    enterpriseId,
    enterpriseName,
    title: document.title.zh,
    issuer: document.heading.issuingBody,
    minutes: document.minutes,
    questionCount: questionsOf(document).length,
    closesAt,
    state,
    draftProgress: drafts.size > 0 ? progressOf(document, answers).share : null,
    isDemo: true,
  };
}

function surveyRoutes(stub: Stub, asked: Asked): { status: number; body: unknown } | undefined {
  const [, campaignId = '', rest] = /^\/api\/m\/surveys\/(\d+)(?:\/(draft|submission))?$/.exec(asked.path) ?? [];
  const campaign = stub.campaigns.get(campaignId);
  if (!campaign) return undefined;
  const answers = () => Object.fromEntries([...campaign.drafts].map(([id, { answer }]) => [id, answer]));
  if (rest === undefined) {
    const { document, submission, ordersToOpen } = campaign;
    // As in the server, where a work order follows its submission a moment later.
    if (submission && ordersToOpen.length > 0)
      Object.assign(campaign, { submission: { ...submission, workOrders: ordersToOpen }, ordersToOpen: [] });
    return ok({ ...summaryOf(campaignId, campaign), version: 1, document, draft: { answers: answers(), savedAt: null }, submission });
  }
  if (campaign.state === 'closed') return problem(409, 'surveys:closed', '本次问卷已经截止');
  if (campaign.state === 'answered') return problem(409, 'surveys:already-answered', '贵单位已经提交过这份问卷');
  if (rest === 'draft') {
    const { answers: entries } = asked.body as { answers: { questionId: string; answer: unknown; savedAt: string }[] };
    for (const { questionId, answer, savedAt } of entries) {
      const before = campaign.drafts.get(questionId);
      if (before && before.savedAt >= savedAt) continue;
      if (answer === null) campaign.drafts.delete(questionId);
      else campaign.drafts.set(questionId, { answer, savedAt });
    }
    return ok({ answers: answers(), savedAt: now });
  }
  const checked = checkSubmission(campaign.document, (asked.body as { answers: unknown }).answers);
  if (!checked.ok) return problem(400, 'surveys:invalid-answers', checked.errors.map((each) => each.detail.zh).join('；'));
  campaign.state = 'answered';
  const hasRequest = pathOf(campaign.document, checked.answers).questionIds.includes('matter');
  campaign.ordersToOpen = hasRequest ? [{ id: 'w1', number: '20261124-000123' }] : [];
  campaign.submission = { submissionId: 's1', submittedAt: now, workOrders: [] };
  return ok(campaign.submission, 201);
}

function orderRoutes(asked: Asked): { status: number; body: unknown } | undefined {
  const [, id, action] = /^\/api\/m\/work-orders(?:\/([^/]+))?(?:\/(\w+))?$/.exec(asked.path) ?? [null];
  if (id === null) return undefined;
  if (id === undefined) {
    if (asked.method === 'GET') return ok({ items: asked.query.enterpriseId === enterpriseId ? orders : [] });
    const { text } = asked.body as { text: string };
    return ok({ ...(orders[0] as MyWorkOrder), id: 'w1', text, title: text.slice(0, 20) }, 201);
  }
  const order = orders.find((each) => each.id === id);
  if (!order) return problem(404, 'kernel:not-found', '没有找到这件诉求');
  if (action === 'rate')
    return ok({
      ...order,
      state: 'closed',
      sentence: '已办结，感谢您的评价',
      actions: [],
      rating: { ...(asked.body as object), comment: null, at: now },
    });
  return ok(order);
}

function answer(stub: Stub, asked: Asked): { status: number; body: unknown } {
  const key = `${asked.method} ${asked.path}`;
  const own = () => ok({ token, expiresAt, me: myself }, 201);
  switch (key) {
    case 'GET /api/m/city':
      return ok(city);
    case 'POST /api/m/phone-codes':
      return ok({ resendAfterSec: 60, expiresInSec: 300 }, 202);
    case 'POST /api/m/sessions':
    case 'POST /api/m/sessions/phone':
      return own();
    case 'POST /api/m/sessions/link': {
      if ((asked.body as { token: string }).token !== 'good-link')
        return problem(404, 'campaigns:broken-link', '链接无效或已失效，请从原消息重新打开');
      const scope = { campaignId: '1', enterpriseId };
      return ok({ token: 'link-token', expiresAt, me: { ...myself, personId: null, mobileMasked: null, scope } }, 201);
    }
  }
  if (asked.token === undefined) return problem(401, 'kernel:not-signed-in', '请先登录');
  switch (key) {
    case 'GET /api/m/me':
      return ok(myself);
    case 'DELETE /api/m/sessions/current':
      return ok(undefined, 204);
    case 'GET /api/m/surveys':
      return ok({ items: [...stub.campaigns].map(([id, campaign]) => summaryOf(id, campaign)) });
    case 'GET /api/m/messages':
      return ok({
        items: messages.filter((each) => !asked.query.group || each.group === asked.query.group),
        nextCursor: null,
        total: null,
      });
    case 'GET /api/m/message-counts':
      return ok({ unread: 2, byGroup: { todo: 1, notice: 1, service: 0 } });
    case 'POST /api/m/message-reads':
      return ok({ read: 1 });
    case 'GET /api/m/subscriptions':
      return ok({
        items: [{ templateId: 'tpl-progress', title: '诉求办理进展提醒', credits: 2, isLongTerm: false, isOn: true, updatedAt: null }],
      });
    case 'POST /api/m/subscription-grants':
      return ok({ recorded: 1 });
  }
  if (asked.path === '/api/m/work-orders/w2/attachments/a1') return ok('%PDF-1.7');
  const message = messages.find((each) => asked.path === `/api/m/messages/${each.id}`);
  if (message) return ok({ ...message, text: `${message.summary}详情请以主管部门公布的办法为准。` });
  return surveyRoutes(stub, asked) ?? orderRoutes(asked) ?? problem(404, 'kernel:not-found', '没有找到');
}

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

/** The web build as the server serves it: a file, else the page itself; scripts from this origin only. */
function sendFile(webDir: string, url: string, response: ServerResponse): void {
  const file = path.join(webDir, url.replace(/^\/m\//, ''));
  const isFile = file.startsWith(webDir) && existsSync(file) && statSync(file).isFile();
  const found = isFile ? file : path.join(webDir, 'index.html');
  response.setHeader('content-type', `${types[path.extname(found)] ?? 'application/octet-stream'}; charset=utf-8`);
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  );
  createReadStream(found).pipe(response);
}

/** A server of the phone's API in memory, with two open questionnaires. `webDir` also serves the H5 build under `/m/`. */
export async function startStub(webDir?: string): Promise<Stub> {
  const campaign = (document: SurveyDocument): Campaign => ({
    document,
    state: 'open',
    drafts: new Map(),
    submission: null,
    ordersToOpen: [],
  });
  const stub: Stub = {
    url: '',
    asked: [],
    campaigns: new Map([
      ['1', campaign(restaurant)],
      ['2', campaign(measures)],
    ]),
    intercept: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stub');
    if (webDir && url.pathname.startsWith('/m/')) return sendFile(webDir, url.pathname, response);
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      token: request.headers.authorization?.replace('Bearer ', ''),
      idempotencyKey: request.headers['idempotency-key'] as string | undefined,
      body: await read(request),
    };
    stub.asked.push(asked);
    const { status, body } = stub.intercept?.(asked) ?? answer(stub, asked);
    response.statusCode = status;
    response.setHeader('content-type', status >= 400 ? 'application/problem+json' : 'application/json');
    response.setHeader('connection', 'close');
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}
