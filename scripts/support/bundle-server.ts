import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..', '..');

/** One file for production: `node bot-server/dist/main.js`. Packages stay outside; our own TypeScript goes in. */
export async function bundleServer(): Promise<boolean> {
  await build({
    entryPoints: [path.join(root, 'bot-server/src/main.ts')],
    outfile: path.join(root, 'bot-server/dist/main.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages-outside',
        setup(setup) {
          setup.onResolve({ filter: /^[^./]/ }, (args) =>
            args.path.startsWith('@suiban/shared') ? undefined : { path: args.path, external: true },
          );
        },
      },
    ],
  });
  return true;
}
