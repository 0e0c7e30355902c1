import { install, runTypeScript } from './bootstrap/install.mjs';

await install();
await runTypeScript('scripts/check/main.ts', process.argv.slice(2));
