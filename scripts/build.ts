import { writeOpenapi } from '../bot-server/src/contract';
import { type ArtifactName, ensureBuilt } from './support/artifacts';
import { bundleServer } from './support/bundle-server';

/** `npm run build [-- console h5 weapp alipay server openapi]`: everything, or the ones named. Unchanged sources are not built again. */
const all = ['console', 'h5', 'weapp', 'alipay', 'server', 'openapi'] as const;
const wanted = process.argv.slice(2);

async function make(name: (typeof all)[number]): Promise<boolean> {
  if (name === 'server') return bundleServer();
  if (name !== 'openapi') return ensureBuilt(name as ArtifactName);
  await writeOpenapi();
  return true;
}

const unknown = wanted.filter((name) => !(all as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`unknown artifact "${unknown.join(', ')}": one of ${all.join(', ')}`);
  process.exit(64);
}
for (const name of all) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const startedAt = performance.now();
  const isBuilt = await make(name);
  console.log(`${name}: ${isBuilt ? `built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s` : 'up to date'}`);
}
