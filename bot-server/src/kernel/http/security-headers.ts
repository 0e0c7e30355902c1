import type { Middleware } from 'koa';
import helmet from 'koa-helmet';

export interface HeaderOptions {
  /** Public address is https. */
  readonly isSecure: boolean;
  /** Space-separated `'sha256-…'` of the inline scripts that the H5 start page has. */
  readonly h5ScriptHashes: () => string;
}

type Area = 'console' | 'h5' | 'other';

const areaOf = (path: string): Area => {
  if (path === '/console' || path.startsWith('/console/')) return 'console';
  return path === '/m' || path.startsWith('/m/') ? 'h5' : 'other';
};

type Directives = Record<string, (string | (() => string))[]>;

const none: Directives = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] };

/**
 * Scripts come from our own files only. Styles: the console's component library and the H5 framework write style elements
 * and attributes at run time, which the policy can only allow as a whole.
 */
const pages = (scripts: (string | (() => string))[], frameAncestors: string): Directives => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'", ...scripts],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  mediaSrc: ["'self'", 'blob:'],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: [frameAncestors],
});

/** The simulator's page shows the H5 inside a frame; everything else may not be framed. */
export function securityHeaders({ isSecure, h5ScriptHashes }: HeaderOptions): Middleware {
  const withPolicy = (directives: Directives, frames: 'deny' | 'sameorigin') =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      frameguard: { action: frames },
      hsts: isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
    });
  const byArea: Record<Area, ReturnType<typeof helmet>> = {
    console: withPolicy(pages([], "'none'"), 'deny'),
    h5: withPolicy(pages([h5ScriptHashes], "'self'"), 'sameorigin'),
    other: withPolicy(none, 'deny'),
  };
  return (ctx, next) => byArea[areaOf(ctx.path)](ctx, next);
}
