import { describe, expect, it } from '@jest/globals';
import { id, instant, operation, pageOf, pageQuery } from '@suiban/shared/api/define';
import type { Operation } from '@suiban/shared/api/operation';
import { z } from 'zod';
import { startTestServer } from '../test-server';
import { openapiDocument, openapiText } from './openapi';

interface Rule {
  all?: Rule[];
  value?: string;
}
const rule: z.ZodType<Rule> = z.lazy(() => z.strictObject({ all: z.array(rule).optional(), value: z.string().optional() }));
const named = z.object({ code: z.string() }).meta({ id: 'District' });
const official = { summary: 'x', auth: 'official', permission: 'things.write', rate: 'write' } as const;
const operations: Operation[] = [
  operation({
    ...official,
    id: 'saveThing',
    method: 'put',
    path: '/api/things/:thingId',
    params: z.strictObject({ thingId: id }),
    body: z.strictObject({ rule, limit: z.coerce.number().default(5) }),
    response: z.object({ rule, at: instant, district: named }),
    problems: ['kernel:conflict'],
  }),
  operation({
    ...official,
    id: 'listThings',
    method: 'get',
    path: '/api/things',
    query: z.strictObject(pageQuery),
    response: pageOf(named),
  }),
  operation({
    ...official,
    id: 'addFile',
    method: 'post',
    path: '/api/files',
    transport: 'upload',
    body: z.strictObject({ kind: z.string() }),
  }),
  operation({ ...official, id: 'removeThing', method: 'delete', path: '/api/things/:thingId', params: z.strictObject({ thingId: id }) }),
  operation({ ...official, id: 'watchThing', method: 'get', path: '/api/watch', auth: 'person', transport: 'events' }),
];

const document = JSON.parse(openapiText(operations)) as {
  openapi: string;
  paths: Record<string, Record<string, Record<string, never>>>;
  components: { schemas: Record<string, unknown> };
};

describe('openapiDocument', () => {
  it('resolves every reference, also of recursive and named schemas', () => {
    const references = JSON.stringify(document).match(/#\/[\w/]+/g) ?? [];
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      const name = reference.replace('#/components/schemas/', '');
      expect(document.components.schemas).toHaveProperty([name]);
    }
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(['Problem', 'District']));
  });

  it('describes sign-in, origin header, parameters, files, events and problems', () => {
    expect(document.openapi).toBe('3.1.0');
    const save = document.paths['/api/things/{thingId}']?.put;
    expect(save).toMatchObject({
      operationId: 'saveThing',
      security: [{ officialSession: [] }],
      parameters: [
        { name: 'thingId', in: 'path', required: true },
        { name: 'x-suiban-csrf', in: 'header' },
      ],
      requestBody: { content: { 'application/json': { schema: { required: ['rule'], additionalProperties: false } } } },
    });
    expect(Object.keys(save?.responses ?? {})).toEqual(expect.arrayContaining(['200', '400', '401', '403', '409', '429', '500', '503']));
    expect(document.paths['/api/things']?.get?.parameters).toEqual([
      expect.objectContaining({ name: 'cursor', required: false }),
      expect.objectContaining({ name: 'limit', required: false, schema: expect.objectContaining({ maximum: 200 }) }),
    ]);
    expect(document.paths['/api/files']?.post).toMatchObject({
      requestBody: { content: { 'multipart/form-data': { schema: { required: ['kind', 'file'] } } } },
    });
    expect(document.paths['/api/watch']?.get).toMatchObject({
      security: [{ personToken: [] }],
      responses: { 200: { content: { 'text/event-stream': {} } } },
    });
    expect(Object.keys(document.paths['/api/things/{thingId}']?.delete?.responses ?? {})).toContain('204');
  });

  it('is the same whatever the order of operations, and is served', async () => {
    expect(openapiDocument([...operations].reverse())).toEqual(openapiDocument(operations));
    const server = await startTestServer([]);
    expect(((await (await fetch(`${server.url}/openapi.json`)).json()) as { openapi: string }).openapi).toBe('3.1.0');
    await server.close();
  });
});
