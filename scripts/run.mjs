import { install, runTypeScript } from './bootstrap/install.mjs';

const programs = {
  build: 'scripts/build.ts',
  demo: 'scripts/demo/main.ts',
  bench: 'scripts/bench/main.ts',
  'check:guards': 'scripts/guards/main.ts',
  seed: 'scripts/seed.ts',
  migrate: 'scripts/migrate.ts',
  official: 'scripts/official/main.ts',
  doctor: 'scripts/doctor.ts',
  'smoke:real': 'scripts/smoke/main.ts',
};
const [name = '', ...args] = process.argv.slice(2);
const program = programs[name];
if (!program) {
  console.error(`unknown command "${name}": one of ${Object.keys(programs).join(', ')}`);
  process.exit(64);
}
await install();
await runTypeScript(program, args);
