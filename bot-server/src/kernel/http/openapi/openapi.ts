import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { Auth, Operation } from '@suiban/shared/api/operation';
import { type ProblemType, problemTypes, problemUrn } from '@suiban/shared/errors';
import { z } from 'zod';
import { sessionCookie } from '../authenticator';
import { successStatus } from '../calls/contract-check';
import { csrfHeader } from '../csrf';
import type { SystemRoute } from '../system-route';
import { ComponentSchemas, type JsonSchema, toJsonSchema } from './component-schemas';

const titled = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

const security: Record<Auth, Record<string, string[]>[]> = {
  official: [{ officialSession: [] }],
  person: [{ personToken: [] }],
  anonymous: [],
  platform: [],
};

const common: readonly ProblemType[] = ['kernel:invalid-request', 'kernel:too-many-requests', 'kernel:internal', 'kernel:unavailable'];

function problemsOf(operation: Operation): Map<number, ProblemType[]> {
  const signedIn: ProblemType[] = ['kernel:not-signed-in', 'kernel:not-allowed'];
  const types = [...common, ...(operation.auth === 'official' || operation.auth === 'person' ? signedIn : []), ...operation.problems];
  const byStatus = new Map<number, ProblemType[]>();
  for (const type of new Set(types)) byStatus.set(problemTypes[type].status, [...(byStatus.get(problemTypes[type].status) ?? []), type]);
  return byStatus;
}

function parametersOf(operation: Operation): object[] {
  const from = (place: 'path' | 'query', schema: z.ZodType) => {
    const { properties = {}, required = [] } = toJsonSchema(schema, 'input');
    return Object.entries(properties).map(([name, shape]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: shape,
    }));
  };
  const csrf = { name: csrfHeader, in: 'header', required: true, schema: { type: 'string', const: '1' } };
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } };
  return [
    ...from('path', operation.params),
    ...from('query', operation.query),
    ...(operation.auth === 'official' && operation.method !== 'get' ? [csrf] : []),
    ...(operation.method === 'post' && operation.transport === 'json' && security[operation.auth].length > 0 ? [key] : []),
  ];
}

const hasFields = (schema: z.ZodType): boolean => !(schema instanceof z.ZodObject) || Object.keys(schema.shape).length > 0;

function requestBody(operation: Operation, schemas: ComponentSchemas): object | undefined {
  if (operation.method === 'get') return undefined;
  const schema = schemas.add(operation.body, 'input', `${titled(operation.id)}Request`);
  if (operation.transport !== 'upload')
    return hasFields(operation.body) ? { required: true, content: { 'application/json': { schema } } } : undefined;
  const { properties = {}, required = [] } = schema as { properties?: object; required?: string[] };
  const form: JsonSchema = {
    type: 'object',
    properties: { ...properties, file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    required: [...required, 'file'],
  };
  return { required: true, content: { 'multipart/form-data': { schema: form } } };
}

function success(operation: Operation, schemas: ComponentSchemas): object {
  const description = 'Success';
  if (operation.transport === 'download') return { description, content: { 'application/octet-stream': {} } };
  if (operation.transport === 'events') return { description, content: { 'text/event-stream': {} } };
  if (operation.response instanceof z.ZodVoid) return { description };
  return {
    description,
    content: { 'application/json': { schema: schemas.add(operation.response, 'output', `${titled(operation.id)}Answer`) } },
  };
}

function pathOf(operation: Operation, schemas: ComponentSchemas): RouteConfig {
  const problems = [...problemsOf(operation)].map(([status, types]) => [
    status,
    {
      description: types.map(problemUrn).join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  const body = requestBody(operation, schemas);
  return {
    method: operation.method,
    path: operation.path.replaceAll(/:(\w+)/g, '{$1}'),
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.permission.includes('.') ? (operation.permission.split('.')[0] ?? 'public') : 'public'],
    security: security[operation.auth],
    'x-permission': operation.permission,
    'x-rate-class': operation.rate,
    parameters: parametersOf(operation),
    ...(body ? { requestBody: body } : {}),
    responses: { [successStatus(operation)]: success(operation, schemas), ...Object.fromEntries(problems) },
  } as RouteConfig;
}

const problemSchema: JsonSchema = z.toJSONSchema(
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    retry_after_ms: z.int().optional(),
  }),
);

/** The contract of all operations as OpenAPI 3.1, in a stable order. */
export function openapiDocument(operations: readonly Operation[]): object {
  const schemas = new ComponentSchemas();
  const registry = new OpenAPIRegistry();
  for (const operation of [...operations].sort((one, other) => (`${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1))) {
    registry.registerPath(pathOf(operation, schemas));
  }
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Suiban',
      version: '0.1.0',
      description: 'Errors are RFC 9457 problem documents; their types are urn:problem:<module>:<name>.',
    },
  });
  const { $schema: _version, ...problem } = problemSchema;
  return {
    ...document,
    components: {
      securitySchemes: {
        officialSession: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        personToken: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problem, ...schemas.all() },
    },
  };
}

/** As written to `bot-server/openapi.json`. */
export const openapiText = (operations: readonly Operation[]): string => `${JSON.stringify(openapiDocument(operations), null, 2)}\n`;

/** GET /openapi.json, generated at the first request. */
export function openapiRoute(operations: readonly Operation[]): SystemRoute {
  let text: string | undefined;
  return {
    path: '/openapi.json',
    handle: async () => {
      text ??= openapiText(operations);
      return { status: 200, contentType: 'application/json; charset=utf-8', body: text };
    },
  };
}
