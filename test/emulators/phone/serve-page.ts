import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cssRule, cssVariables } from '@suiban/shared/design';
import type { Reply, Router } from '../http/router';

const here = path.dirname(fileURLToPath(import.meta.url));
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1B5FCC"/><rect x="10" y="5" width="12" height="22" rx="3" fill="none" stroke="#fff" stroke-width="2"/><path d="M14 23h4" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>';

/** Scripts and styles from our own files only; frames may show the server's H5, wherever it runs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  'frame-src http: https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const page = (body: string, type: string): Reply => ({
  status: 200,
  body,
  headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' },
});

/** Serves the phone page. Everything it loads is relative, so that a proxy may mount it elsewhere, with a slash at the end. */
export function phonePage(router: Router): void {
  let bundled: Promise<{ script: string; styles: string }> | null = null;
  const bundleOnce = (): Promise<{ script: string; styles: string }> => {
    bundled ??= bundle();
    return bundled;
  };
  const redirect = (base: string): Reply => ({ status: 302, body: '', headers: { location: `${base}/` } });
  router
    .on('GET', '/', () => redirect('phone'))
    .on('GET', '/phone', (exchange) => redirect(prefixOf(exchange.headers['x-forwarded-prefix'])))
    .on('GET', '/phone/', () => page(readFileSync(path.join(here, 'index.html'), 'utf8'), 'text/html'))
    .on('GET', '/phone/icon.svg', () => page(ICON, 'image/svg+xml'))
    .on('GET', '/phone/app.js', async () => page((await bundleOnce()).script, 'text/javascript'))
    .on('GET', '/phone/app.css', async () => page((await bundleOnce()).styles, 'text/css'));
}

/** Where a proxy has mounted the page: a plain path of this site, else our own. */
const prefixOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^(\/[\w-]+)+$/.test(header) ? header : '/phone';

/** Bundled when first asked for (about 200 ms), so that a test which shows no page does not pay for it. */
async function bundle(): Promise<{ script: string; styles: string }> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [path.join(here, 'src/main.tsx')],
    bundle: true,
    write: false,
    minify: true,
    outdir: here,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const textOf = (ending: string): string => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  const light = cssRule(':root', cssVariables('light', 'console'));
  const dark = `@media (prefers-color-scheme: dark) {\n${cssRule(':root', cssVariables('dark', 'console'))}}\n`;
  return { script: textOf('.js'), styles: `${light}${dark}${textOf('.css')}` };
}
