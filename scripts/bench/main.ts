import { installedServices } from '../test/services';
import { benchCallbacks } from './callbacks';
import { benchDispatch } from './dispatch';
import { asJson, asText, type BenchResult } from './report';

/** `npm run bench -- <name> [--json]`: ours, the peers and the physical limit in one process tree. */
const benches: Readonly<Record<string, (backend: 'pglite' | 'postgres+redis') => Promise<BenchResult>>> = {
  callbacks: benchCallbacks,
  dispatch: benchDispatch,
};
const args = process.argv.slice(2);
const isJson = args.includes('--json');
const [name = ''] = args.filter((arg) => !arg.startsWith('--'));
const bench = benches[name];
if (!bench) {
  console.error(`unknown bench "${name}": one of ${Object.keys(benches).join(', ')}`);
  process.exit(64);
}
const services = installedServices();
const hasServers = services.has('postgres') && services.has('redis');
let isVoid = false;
for (const backend of hasServers ? (['pglite', 'postgres+redis'] as const) : (['pglite'] as const)) {
  const result = await bench(backend);
  isVoid ||= result.isVoid;
  console.log(isJson ? asJson(result) : asText(result));
}
if (!hasServers) console.error('PostgreSQL and Redis are not installed: the embedded store only');
process.exit(isVoid ? 1 : 0);
