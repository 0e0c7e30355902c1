import { install, runTypeScript } from './bootstrap/install.mjs';

await install();
await runTypeScript('scripts/test/main.ts', process.argv.slice(2));
