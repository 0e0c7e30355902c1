import path from 'node:path';
import { defineConfig } from 'vite';

const shared = path.resolve(import.meta.dirname, '..', '..', 'shared', 'src');

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: { outDir: path.join(import.meta.dirname, 'dist'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1600 },
  resolve: {
    alias: [
      { find: /^@suiban\/shared\/api\/(.*)$/, replacement: `${shared}/api/$1.ts` },
      { find: /^@suiban\/shared\/(.*)$/, replacement: `${shared}/$1/index.ts` },
    ],
  },
  oxc: { jsx: { runtime: 'automatic' } },
});
