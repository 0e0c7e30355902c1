import { pipeline } from 'node:stream/promises';
import { DomainError } from '@suiban/shared/errors';
import type { Context, Middleware } from 'koa';
import { type Dispatcher, Pool } from 'undici';

/** RFC 9110 §7.6.1: these end at each hop. */
const hopHeaders: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
]);
/** The sandbox has no business with our sessions. */
const ownHeaders: ReadonlySet<string> = new Set(['cookie', 'authorization']);

const passed = (headers: Readonly<Record<string, string | string[] | undefined>>, dropped: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name, value]) => value !== undefined && !hopHeaders.has(name) && !dropped.has(name)));

async function forward(ctx: Context, pool: Pool, path: string): Promise<void> {
  const left = new AbortController();
  ctx.res.once('close', () => left.abort());
  const hasBody = ctx.method !== 'GET' && ctx.method !== 'HEAD';
  let answered: Dispatcher.ResponseData;
  try {
    answered = await pool.request({
      method: ctx.method as Dispatcher.HttpMethod,
      path,
      headers: { ...(passed(ctx.headers, ownHeaders) as Record<string, string | string[]>), 'x-forwarded-prefix': mountedAt },
      body: hasBody ? ctx.req : null,
      signal: left.signal,
      headersTimeout: 30_000,
      bodyTimeout: 0,
    });
  } catch {
    throw new DomainError('kernel:upstream', '沙箱没有响应：请确认它已经启动（SANDBOX_URL）');
  }
  ctx.respond = false;
  ctx.res.writeHead(answered.statusCode, passed(answered.headers, new Set()) as Record<string, string | string[]>);
  ctx.res.flushHeaders();
  await pipeline(answered.body, ctx.res).catch(() => ctx.res.destroy());
}

const mountedAt = '/sandbox';
/** Where the emulators serve their phone page; all it asks for is relative. */
const pageAt = '/phone';

/** Shows the emulators' phone page at `/sandbox/`; streams in both directions (events, bodies of any length). */
export function sandboxProxy(sandboxUrl: string): { middleware: Middleware; close: () => Promise<void> } {
  const target = new URL(sandboxUrl);
  const base = target.pathname.replace(/\/$/, '');
  const pool = new Pool(target.origin, { connections: 32 });
  return {
    middleware: async (ctx, next) => {
      if (ctx.path !== mountedAt && !ctx.path.startsWith(`${mountedAt}/`)) return next();
      ctx.state.operation = 'sandbox';
      if (ctx.path === mountedAt) {
        ctx.redirect(`${mountedAt}/${ctx.search}`);
        return;
      }
      for (const name of ['content-security-policy', 'x-frame-options']) ctx.remove(name);
      await forward(ctx, pool, `${base}${pageAt}${ctx.path.slice(mountedAt.length)}${ctx.search}`);
    },
    close: () => pool.destroy(),
  };
}
