import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { cityApi } from '@suiban/shared/api/city';
import { identityApi, type officialRoles } from '@suiban/shared/api/identity';
import { ApiClient } from '../support/api-client';
import { type Cast, firstSignIn } from '../support/officials';
import { cleanEnvironment, root } from '../support/processes';

type Role = (typeof officialRoles)[number];

/** The first official of an empty database comes from the command line, as in an office that has just installed the system. */
async function addFirst(env: Readonly<Record<string, string>>, bureauId: string): Promise<{ username: string; initialPassword: string }> {
  const args = ['--username', 'security', '--name', '安全管理员', '--roles', 'security-admin', '--bureau', bureauId, '--json'];
  const program = path.join(root, 'scripts', 'official', 'main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, 'add', ...args], {
    cwd: root,
    env: { ...cleanEnvironment(), ...env },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { username: string; initialPassword: string };
}

/** Where there are no demo officials: a security administrator from the command line, who adds the others; each enrols a second factor. */
export async function addedCast(baseUrl: string, env: Readonly<Record<string, string>>): Promise<Cast> {
  const city = await new ApiClient(baseUrl).call(cityApi.getCity);
  const bureauId = city.bureaus[0]?.id ?? '';
  const first = await addFirst(env, bureauId);
  const security = await firstSignIn(baseUrl, first.username, first.initialPassword);
  const add = async (username: string, role: Role, at = bureauId): Promise<ApiClient> => {
    const body = { username, name: `${username}（演示）`, roles: [role], bureauId: at, districtCodes: [] };
    const { initialPassword } = await security.call(identityApi.createOfficial, { body });
    return firstSignIn(baseUrl, username, initialPassword);
  };
  const handlers = new Map<string, Promise<ApiClient>>();
  return {
    drafter: await add('drafter', 'drafter'),
    signatory: await add('signatory', 'signatory'),
    dispatcher: await add('dispatcher', 'dispatcher'),
    supervisor: await add('supervisor', 'supervisor'),
    handlerOf(of) {
      const known = handlers.get(of) ?? add(`handler-${of}`, 'handler', of);
      handlers.set(of, known);
      return known;
    },
  };
}
