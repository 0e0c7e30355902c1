import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context, Middleware } from 'koa';
import { isCompressible, mediaTypeOf } from './media-types';

export interface PagesOptions {
  /** `/console`: without a slash at the end. */
  readonly prefix: string;
  readonly folder: string;
  /** What to say when the folder is not built. */
  readonly absent: string;
}

interface Kept {
  readonly mtimeMs: number;
  readonly etag: string;
  readonly plain: Buffer;
  readonly encoded: Map<'br' | 'gzip', Promise<Buffer>>;
}

/** Quality 5: a megabyte in about 40 ms, once per file and process. */
const encoders = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};
const worthEncoding = 1024;
/** Build tools put a hash of the content into the name: such a file never changes. */
const hashedName = /[.-](?=[\w-]*\d)[\w-]{8,}\.\w+$/;

const isInside = (folder: string, file: string): boolean => file === folder || file.startsWith(folder + path.sep);

function fileFor(folder: string, rest: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(rest);
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.includes('\\') || name.split('/').some((part) => part.startsWith('.'))) return undefined;
  const file = path.join(folder, name);
  return isInside(folder, file) ? file : undefined;
}

function encodingOf(ctx: Context, kept: Kept, mediaType: string): 'br' | 'gzip' | undefined {
  if (kept.plain.length < worthEncoding || !isCompressible(mediaType)) return undefined;
  if (ctx.acceptsEncodings('br') === 'br') return 'br';
  return ctx.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : undefined;
}

/**
 * A built single-page app: its files, and `index.html` for every path that names no file. Files are kept in memory with
 * their compressed forms: a build is a few megabytes, and changes are seen by modification time.
 */
export function servePages({ prefix, folder, absent }: PagesOptions): Middleware {
  const kept = new Map<string, Kept>();

  const load = async (file: string): Promise<Kept | undefined> => {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const before = kept.get(file);
    if (before?.mtimeMs === found.mtimeMs) return before;
    const plain = await readFile(file);
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    const entry: Kept = { mtimeMs: found.mtimeMs, etag, plain, encoded: new Map() };
    kept.set(file, entry);
    return entry;
  };

  const send = async (ctx: Context, file: string, entry: Kept): Promise<void> => {
    const mediaType = mediaTypeOf(path.extname(file)) ?? 'application/octet-stream';
    const encoding = encodingOf(ctx, entry, mediaType);
    ctx.set('cache-control', hashedName.test(path.basename(file)) ? 'public, max-age=31536000, immutable' : 'no-cache');
    ctx.vary('accept-encoding');
    ctx.set('etag', encoding === undefined ? entry.etag : entry.etag.replace(/"$/, `-${encoding}"`));
    ctx.status = 200;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.set('content-type', mediaType);
    if (encoding === undefined) {
      ctx.body = entry.plain;
      return;
    }
    const encoded = entry.encoded.get(encoding) ?? encoders[encoding](entry.plain);
    entry.encoded.set(encoding, encoded);
    ctx.set('content-encoding', encoding);
    ctx.body = await encoded;
  };

  const sendIndex = async (ctx: Context): Promise<void> => {
    const index = path.join(folder, 'index.html');
    const entry = await load(index);
    if (entry) return send(ctx, index, entry);
    ctx.status = 503;
    ctx.set('content-type', 'text/plain; charset=utf-8');
    ctx.body = absent;
  };

  return async (ctx, next) => {
    const isOurs = ctx.path === prefix || ctx.path.startsWith(`${prefix}/`);
    if (!isOurs || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.state.operation = 'static';
    if (ctx.path === prefix) {
      ctx.redirect(`${prefix}/${ctx.search}`);
      return;
    }
    const rest = ctx.path.slice(prefix.length + 1);
    const file = rest === '' ? undefined : fileFor(folder, rest);
    const entry = file === undefined ? undefined : await load(file);
    if (file !== undefined && entry) return send(ctx, file, entry);
    // NOTE: a missing script must be 404, not the page: a browser would refuse the page as a script, and the cause would hide.
    if (mediaTypeOf(path.extname(rest)) !== undefined) return next();
    return sendIndex(ctx);
  };
}
