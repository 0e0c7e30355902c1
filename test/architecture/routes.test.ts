import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Auth, Operation } from '@suiban/shared/api/operation';
import { problemTypes } from '@suiban/shared/errors';
import { z } from 'zod';
import { contractModules, currentOpenapi, storedOpenapi } from '../../bot-server/src/contract';
import { routeFaults } from '../../bot-server/src/kernel/http/calls/route-table';
import { collectPermissions } from '../../bot-server/src/kernel/http/permissions';
import { budgets } from '../../bot-server/src/kernel/http/rate';
import { looseParts } from './request-schemas';

/**
 * Check 21: every route has authentication, a permission of a policy file, strict schemas and a rate class; what needs no
 * sign-in is listed here by name, with the reason.
 */
const anonymousWrites: Readonly<Record<string, string>> = {
  signIn: 'password and one-time code are the proof',
  requestPhoneCode: 'sends a code to the number given; limited per number and address',
  signInByPhone: 'the code is the proof',
  openLinkSession: 'the signature of a personal short link is the proof; good for one campaign and firm only',
  signInByPlatform: 'the login code of the platform is the proof',
};
const anonymousReads: Readonly<Record<string, string>> = {
  getCity: 'names of the city, for every screen before sign-in',
  getCityForPhone: 'the same, for phones',
  listDemoOfficials: 'whom the sign-in screen of a demo offers; outside a demo nobody',
  openLink: 'personal short link of a message: the signature is the proof, redirects to the page that asks for it',
  openInvitation: 'personal short link of an invitation: redirects to the page that binds',
  beginOauth: 'sends a browser to the platform’s sign-in page; nothing is told or written but a cookie',
  getMyInvitation: 'what the page of an invitation shows before anything is proved: the token is the proof, the mobile masked',
};
/** Documents in a language of our own: their reader refuses what it does not know, which a schema here could not say. */
const ownLanguages: Readonly<Record<string, string>> = {
  'body/document': 'questionnaire: shared/surveys',
  'body/audience': 'rule: shared/rules',
  'body/draft/audience': 'rule: shared/rules',
  'body/answers': 'answers by question: shared/surveys',
  'body/answers/answer': 'one answer: shared/surveys',
  'body/target/rule': 'rule: shared/rules',
};
/** A signed link is opened by hundreds of firms behind one office address; its check costs one HMAC and one insert. */
const cheapWrites: readonly string[] = ['openLinkSession'];
const prefixes: Readonly<Record<Auth, readonly string[]>> = {
  official: ['/api/'],
  person: ['/api/m/'],
  anonymous: ['/api/', '/s/', '/i/'],
  platform: ['/callbacks/'],
};

const modules = contractModules();
const routes = modules.flatMap((module) => module.routes);
const operations = routes.map(({ operation }) => operation);
const permissions = collectPermissions(modules);
const apiFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../shared/src/api');

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'transport' in value && 'path' in value;

async function declaredOperations(): Promise<Operation[]> {
  const files = readdirSync(apiFolder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const found = await Promise.all(files.map((file) => import(path.join(apiFolder, file)) as Promise<Record<string, unknown>>));
  return found.flatMap((exports) =>
    Object.values(exports)
      .flatMap((api) => (typeof api === 'object' && api !== null ? Object.values(api) : []))
      .filter(isOperation),
  );
}

describe('route table', () => {
  it('has no fault: ids and paths are unique, permissions exist, transports fit', () => {
    expect(routeFaults(routes, permissions.has)).toEqual([]);
    expect(operations.length).toBeGreaterThan(0);
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))('%s is described in full', (_, operation) => {
    expect(operation.id).toMatch(/^[a-z][A-Za-z0-9]+$/);
    expect(operation.path).toMatch(/^(\/(:?[a-zA-Z][\w-]*))+$/);
    expect(operation.summary.trim()).not.toBe('');
    expect(budgets).toHaveProperty([operation.rate]);
    expect(prefixes[operation.auth].some((prefix) => operation.path.startsWith(prefix))).toBe(true);
    if (operation.auth === 'official') expect(operation.path.startsWith('/api/m/')).toBe(false);
    for (const problem of operation.problems) expect(problemTypes).toHaveProperty([problem]);
    expect([
      operation.method !== 'get' || !(operation.body instanceof z.ZodObject) || Object.keys(operation.body.shape).length,
    ]).not.toContain(1);
  });

  it.each(operations.map((operation) => [operation.id, operation] as const))('%s names every parameter of its path', (_, operation) => {
    const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const declared = operation.params instanceof z.ZodObject ? Object.keys(operation.params.shape) : [];
    expect(declared.sort()).toEqual(inPath.sort());
  });

  it.each(operations.filter(({ auth }) => auth !== 'platform').map((operation) => [operation.id, operation] as const))(
    '%s refuses unknown fields',
    (_, operation) => {
      const loose = (['params', 'query', 'body'] as const).flatMap((part) => looseParts(operation[part], part));
      expect(loose.filter((place) => !(place.replace(/: (not strict|accepts anything)$/, '') in ownLanguages))).toEqual([]);
    },
  );

  it('gives each permission to somebody who can hold it', () => {
    for (const operation of operations) {
      const roles = permissions.rolesOf(operation.permission);
      if (operation.auth === 'official') expect([operation.id, roles.length > 0]).toEqual([operation.id, true]);
      if (operation.auth === 'person') expect([operation.id, roles]).toEqual([operation.id, []]);
    }
  });

  it('lists what needs no sign-in, writes at most six', () => {
    const anonymous = operations.filter(({ auth }) => auth === 'anonymous');
    const writes = anonymous.filter(({ method }) => method !== 'get');
    expect(writes.filter(({ id }) => !(id in anonymousWrites)).map(({ id }) => id)).toEqual([]);
    expect(writes.length).toBeLessThanOrEqual(6);
    expect(anonymous.filter(({ method, id }) => method === 'get' && !(id in anonymousReads)).map(({ id }) => id)).toEqual([]);
    for (const { id, method, rate } of anonymous) {
      const isRead = method === 'get' || cheapWrites.includes(id);
      expect([id, isRead ? ['public-read', 'stream'] : ['public-write', 'sign-in', 'upload']]).toEqual([
        id,
        expect.arrayContaining([rate]),
      ]);
    }
    for (const { id, rate } of operations.filter(({ auth }) => auth === 'platform')) expect([id, rate]).toEqual([id, 'callback']);
  });

  it('the rules above see what they look for', () => {
    expect(looseParts(z.object({ a: z.string() }), 'body')).toEqual(['body: not strict']);
    expect(looseParts(z.strictObject({ a: z.array(z.union([z.strictObject({}), z.looseObject({})])).optional() }), 'body')).toEqual([
      'body/a: not strict',
    ]);
    const tree: z.ZodType = z.lazy(() => z.strictObject({ all: z.array(tree), value: z.unknown() }));
    expect(looseParts(tree, 'body')).toEqual(['body/value: accepts anything']);
  });
});

describe('contract', () => {
  let declared: Operation[];
  beforeAll(async () => {
    declared = await declaredOperations();
  });

  it('has a route for every operation it declares', () => {
    const routed = new Set(operations.map(({ id }) => id));
    expect(declared.filter(({ id }) => !routed.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('is what bot-server/openapi.json says; `npm run build` or writeOpenapi() renews it', async () => {
    expect((await storedOpenapi()) === currentOpenapi()).toBe(true);
  });
});
