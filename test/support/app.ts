import { hashToken, randomToken } from '../../bot-server/src/kernel/crypto/token';
import type { Role } from '../../bot-server/src/kernel/http/actor';
import { sessionCookie } from '../../bot-server/src/kernel/http/authenticator';
import { createHttpServer } from '../../bot-server/src/kernel/http/server';
import { agentEnterprise, agentEnterprises, enterprisesModule } from '../../bot-server/src/modules/enterprises';
import { identityModule } from '../../bot-server/src/modules/identity';
import { insertOfficial } from '../../bot-server/src/modules/identity/officials.repo';
import { insertPersonSession } from '../../bot-server/src/modules/identity/persons.repo';
import { insertOfficialSession } from '../../bot-server/src/modules/identity/sessions.repo';
import type { Deps, Module } from '../../bot-server/src/modules/module';
import type { TestDeps } from './deps';

type Json = Record<string, unknown>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where the body is none. */
  readonly body: Json;
  readonly text: string;
}

export interface Caller {
  send(method: string, path: string, body?: unknown): Promise<Answered>;
  get(path: string): Promise<Answered>;
  post(path: string, body?: unknown): Promise<Answered>;
  upload(path: string, fileName: string, content: Buffer | string): Promise<Answered>;
  /** A file as its bytes. */
  download(path: string): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }>;
}

export interface TestApp {
  readonly url: string;
  readonly modules: readonly Module[];
  /** Headers as a browser or phone would send them; nobody by default. */
  caller(headers?: Readonly<Record<string, string>>): Caller;
  /** An official with an open session; no password is set. */
  official(given: { roles: readonly Role[]; bureauId?: string; districtCodes?: readonly string[] }): Promise<Caller & { id: string }>;
  /** A session opened by a personal link. */
  linkHolder(scope: { campaignId: string; enterpriseId: string }): Promise<Caller>;
  /** Runs waiting tasks and delivers events until nothing is left. */
  settle(): Promise<void>;
  /** Stops the server; the database stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const sameOrigin = { 'x-suiban-csrf': '1', 'sec-fetch-site': 'same-origin' } as const;

/** The server itself on a free port over test deps: routes, contract checks, rate, sessions. `more` are modules above enterprises. */
export async function startApp(deps: TestDeps, more: (deps: Deps) => readonly Module[] = () => []): Promise<TestApp> {
  const modules: Module[] = [];
  const permissions = () => Object.assign({}, ...modules.map((module) => module.permissions)) as Record<string, readonly Role[]>;
  modules.push(
    identityModule(deps, { permissions, agentEnterprises, enterprise: agentEnterprise }),
    enterprisesModule(deps),
    ...more(deps),
  );
  for (const module of modules) deps.tasks.define(module.tasks ?? []);
  deps.tasks.define([{ queue: 'outbox', handle: async () => undefined }]);
  const [identity] = modules;
  if (!identity?.authenticator) throw new Error('identity gives the authenticator');
  const server = createHttpServer({
    config: { ...deps.config, rateFactor: 1000, host: '127.0.0.1', port: 0 },
    log: deps.log,
    db: deps.db,
    sealer: deps.sealer,
    modules,
    authenticator: identity.authenticator,
    system: [],
  });
  const url = `http://127.0.0.1:${await server.listen()}`;
  const caller = (headers: Readonly<Record<string, string>> = {}): Caller => callerOf(url, headers);
  return {
    url,
    modules,
    caller,
    official: async (given) => {
      const { id, token } = await openOfficial(deps, given);
      return { id, ...caller({ ...sameOrigin, cookie: `${sessionCookie}=${token}` }) };
    },
    linkHolder: async (scope) => {
      const token = randomToken();
      const now = deps.clock.now();
      await insertPersonSession(deps.db, {
        personId: null,
        scope,
        tokenHash: hashToken(token),
        now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      });
      return caller({ authorization: `Bearer ${token}` });
    },
    settle: async () => {
      for (let left = 1; left > 0; ) left = (await deps.tasks.runAll()) + (await deps.deliver(modules));
    },
    stop: () => server.drain(1000),
    close: async () => {
      await server.drain(1000);
      await deps.close();
    },
  };
}

async function openOfficial(deps: Deps, given: { roles: readonly Role[]; bureauId?: string; districtCodes?: readonly string[] }) {
  const now = deps.clock.now();
  const official = {
    username: `u${randomToken(6).toLowerCase()}`,
    name: '测试人员',
    bureauId: given.bureauId ?? 'economy',
    roles: given.roles,
    districtCodes: given.districtCodes ?? [],
    passwordHash: 'none',
    mustChangePassword: false,
    isDemo: false,
  };
  const id = (await insertOfficial(deps.db, official, now)) ?? '';
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000);
  await insertOfficialSession(deps.db, {
    officialId: id,
    tokenHash: hashToken(token),
    deviceHash: 'test',
    deviceLabel: 'test',
    now,
    expiresAt,
  });
  return { id, token };
}

function callerOf(url: string, headers: Readonly<Record<string, string>>): Caller {
  const answered = async (response: Response): Promise<Answered> => {
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, text, body: isJson && text !== '' ? (JSON.parse(text) as Json) : {} };
  };
  const send = async (method: string, path: string, body?: unknown): Promise<Answered> =>
    answered(
      await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return {
    send,
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, body),
    download: async (path) => {
      const response = await fetch(url + path, { headers });
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
    },
    upload: async (path, fileName, content) => {
      const form = new FormData();
      form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName);
      return answered(await fetch(url + path, { method: 'POST', headers, body: form }));
    },
  };
}
