import { ConfigError } from '../../config/config-error';
import { hashPassword } from '../../kernel/crypto/password';
import type { Role } from '../../kernel/http/actor';
import type { Deps } from '../module';
import { insertOfficial, listDemoUsernames } from './officials.repo';

/** Published on purpose: worth nothing outside an embedded database of synthetic data. */
const demoPassword = 'suiban-demo';

interface DemoOfficial {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly bureau: { readonly id: string; readonly name: string };
}

const cast: readonly { username: string; title: string; roles: readonly Role[]; isAnswering?: boolean }[] = [
  { username: 'drafter', title: '拟制人', roles: ['drafter'] },
  { username: 'reviewer', title: '审核人', roles: ['reviewer'] },
  { username: 'signatory', title: '签发人', roles: ['signatory'] },
  { username: 'dispatcher', title: '派单员', roles: ['dispatcher'] },
  { username: 'handler', title: '承办人', roles: ['handler'], isAnswering: true },
  { username: 'supervisor', title: '督办人员', roles: ['supervisor'] },
  { username: 'liaison', title: '服务专员', roles: ['liaison'], isAnswering: true },
  { username: 'system', title: '系统管理员', roles: ['system-admin'] },
  { username: 'security', title: '安全管理员', roles: ['security-admin'] },
  { username: 'auditor', title: '审计管理员', roles: ['audit-admin'] },
];

/** The default bureau asks, the next one answers; every other bureau has a handler of its own, so that any order finds one. */
function demoOfficialsOf({ city }: Pick<Deps, 'city'>): readonly DemoOfficial[] {
  const asking = city.bureaus.find(({ isDefault }) => isDefault) ?? city.bureaus[0] ?? { id: 'city', name: city.name };
  const [answering = asking, ...others] = city.bureaus.filter(({ id }) => id !== asking.id);
  return [
    ...cast.map(({ username, title, roles, isAnswering }) => ({
      username,
      name: `${title}（演示）`,
      roles,
      bureau: isAnswering ? answering : asking,
    })),
    ...[asking, ...others].map((bureau) => ({
      username: `handler-${bureau.id}`,
      name: `${bureau.name}承办人（演示）`,
      roles: ['handler'] as const,
      bureau,
    })),
  ];
}

/** Demo officials exist in an embedded database only, and never in production. */
export const isDemoAllowed = ({ db, config }: Pick<Deps, 'db' | 'config'>): boolean => db.kind === 'pglite' && !config.isProduction;

/** Whom the sign-in screen of a demo offers; outside a demo nobody. */
export function demoOfficialsToShow(deps: Deps) {
  if (!isDemoAllowed(deps)) return [];
  return demoOfficialsOf(deps).map(({ username, name, roles, bureau }) => ({
    username,
    password: demoPassword,
    name,
    roles: [...roles],
    bureauName: bureau.name,
  }));
}

/** Makes the demo officials that are missing. Does nothing outside a demo. Idempotent. */
export async function ensureDemoOfficials(deps: Deps): Promise<void> {
  if (!isDemoAllowed(deps)) return;
  const known = await listDemoUsernames(deps.db);
  if (demoOfficialsOf(deps).every(({ username }) => known.has(username))) return;
  const passwordHash = await hashPassword(demoPassword);
  const now = deps.clock.now();
  await deps.db.tx(async (tx) => {
    for (const { username, name, roles, bureau } of demoOfficialsOf(deps)) {
      const row = { username, name, bureauId: bureau.id, roles, districtCodes: [], passwordHash, mustChangePassword: false, isDemo: true };
      await insertOfficial(tx, row, now);
    }
  });
}

/** A database that once was a demo's must not be served as the real thing. @throws ConfigError */
export async function refuseDemoInProduction({ db, config }: Pick<Deps, 'db' | 'config'>): Promise<void> {
  if (!config.isProduction || (await listDemoUsernames(db)).size === 0) return;
  throw new ConfigError(['NODE_ENV: this database has demo officials, whose password is public: production needs a database of its own']);
}
