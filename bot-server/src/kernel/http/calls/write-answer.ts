import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Operation } from '@suiban/shared/api/operation';
import type { Context } from 'koa';
import { Answer, type AnswerExtras } from '../answer';
import type { Download, RawAnswer } from '../route';
import { refuseOffContract, successStatus } from './contract-check';
import type { WrittenAnswer } from './idempotency';

export interface JsonAnswer extends WrittenAnswer {
  readonly extras: AnswerExtras;
}

export const jsonMediaType = 'application/json; charset=utf-8';

/** A handler's result as bytes. */
export function toJsonAnswer(operation: Operation, result: unknown, checks: boolean): JsonAnswer {
  const { value, extras } = result instanceof Answer ? result : { value: result, extras: {} };
  const body: string | undefined = value === undefined ? undefined : JSON.stringify(value);
  if (checks) refuseOffContract(operation, body);
  return {
    status: extras.status ?? successStatus(operation),
    contentType: jsonMediaType,
    body: body ?? '',
    isPassing: extras.setCookie !== undefined || extras.clearCookie !== undefined,
    extras,
  };
}

function writeCookies(ctx: Context, { setCookie, clearCookie }: AnswerExtras, isSecure: boolean): void {
  const tail = `; Path=/api; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
  if (setCookie) {
    const age = setCookie.maxAgeSec === undefined ? '' : `; Max-Age=${Math.trunc(setCookie.maxAgeSec)}`;
    ctx.append('set-cookie', `${setCookie.name}=${encodeURIComponent(setCookie.value)}${age}${tail}`);
  }
  if (clearCookie) ctx.append('set-cookie', `${clearCookie}=; Max-Age=0${tail}`);
}

export function writeJson(ctx: Context, written: WrittenAnswer, extras: AnswerExtras, isSecure: boolean): void {
  ctx.status = written.status;
  ctx.set('cache-control', 'no-store');
  for (const [name, value] of Object.entries(extras.headers ?? {})) ctx.set(name, value);
  writeCookies(ctx, extras, isSecure);
  if (written.status === 204 || written.body === '') {
    ctx.body = null;
    ctx.status = written.status;
    return;
  }
  ctx.set('content-type', written.contentType);
  ctx.body = written.body;
}

export function writeRaw(ctx: Context, raw: RawAnswer, isSecure: boolean): void {
  ctx.status = raw.status;
  ctx.set('cache-control', 'no-store');
  ctx.set('content-type', raw.contentType);
  for (const [name, value] of Object.entries(raw.headers ?? {})) ctx.set(name, value);
  if (raw.setCookie) writeCookies(ctx, { setCookie: raw.setCookie }, isSecure);
  ctx.body = raw.body;
}

const unsafeInHeader = /[^\x20-\x7e]|["\\%;]/g;

/** RFC 6266: an ASCII name for old clients, the real one in RFC 5987 form. */
export function attachment(fileName: string): string {
  const clean = fileName.replaceAll(/[\p{Cc}/\\]/gu, '_').replaceAll(/\p{Surrogate}/gu, '_') || 'download';
  const encoded = encodeURIComponent(clean).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${clean.replaceAll(unsafeInHeader, '_')}"; filename*=UTF-8''${encoded}`;
}

/** The first bytes, or the failure to get any, which can still be a problem document. */
const opened = (stream: Readable): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.once('readable', resolve).once('end', resolve).once('error', reject);
  });

/** Streams the file; a failure half-way breaks the connection, so that nobody takes a part for the whole. */
export async function writeDownload(ctx: Context, download: Download, signal: AbortSignal): Promise<void> {
  await opened(download.stream);
  ctx.respond = false;
  ctx.res.statusCode = 200;
  ctx.set('content-type', download.mimeType);
  ctx.set('content-disposition', attachment(download.fileName));
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('content-security-policy', "default-src 'none'; sandbox");
  ctx.set('cache-control', 'no-store');
  if (ctx.method === 'HEAD') {
    download.stream.destroy();
    ctx.res.end();
    return;
  }
  await pipeline(download.stream, ctx.res, { signal });
}
