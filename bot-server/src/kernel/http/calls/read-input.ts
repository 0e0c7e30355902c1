import type { IncomingMessage } from 'node:http';
import { DomainError } from '@suiban/shared/errors';
import { parseJson } from '../input/parse-json';
import { hasBody, readBody } from '../input/read-body';
import { readQuery } from '../input/read-query';
import { type ReceivedUpload, readUpload } from '../input/read-upload';
import { type Part, validate } from '../input/validate';
import { limits } from '../limits';
import { invalidRequest } from '../problem';
import type { Route } from '../route';

export interface ReadInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly rawBody: Buffer;
  readonly received: ReceivedUpload | undefined;
}

const nothing = Buffer.alloc(0);

const readJson = async (request: IncomingMessage): Promise<{ bytes: Buffer; value: unknown }> => {
  if (!hasBody(request)) return { bytes: nothing, value: {} };
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new DomainError('kernel:unsupported-type', '请求内容应为 application/json');
  const bytes = await readBody(request, limits.jsonBytes);
  return { bytes, value: bytes.length === 0 ? {} : parseJson(bytes) };
};

/** Checks params and query before a byte of the body is read, then body against its schema. @throws DomainError */
export async function readInput(
  { operation, kind }: Route,
  request: IncomingMessage,
  found: { params: Readonly<Record<string, string>>; search: string },
): Promise<ReadInput> {
  const check = (part: Part, value: unknown) => validate(operation[part], value, part);
  const params = check('params', found.params);
  const query = check('query', readQuery(found.search, operation.auth !== 'platform'));
  const errors = [params, query].flatMap((part) => ('errors' in part ? part.errors : []));
  if ('errors' in params || 'errors' in query) throw invalidRequest(errors);
  const common = { params: params.value, query: query.value };

  if (operation.auth === 'platform') {
    const rawBody = hasBody(request) ? await readBody(request, limits.callbackBytes) : nothing;
    return { ...common, body: {}, rawBody, received: undefined };
  }
  const received = kind === 'upload' ? await readUpload(request) : undefined;
  const json = received ? { bytes: nothing, value: received.fields } : await readJson(request);
  const body = check('body', json.value);
  if ('errors' in body) {
    received?.upload.stream.destroy();
    throw invalidRequest(body.errors);
  }
  return { ...common, body: body.value, rawBody: json.bytes, received };
}
