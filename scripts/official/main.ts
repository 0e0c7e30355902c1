import { parseArgs } from 'node:util';
import { officialRoles } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { composeServer } from '../../bot-server/src/compose';
import { ConfigError } from '../../bot-server/src/config/config-error';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { createLogger } from '../../bot-server/src/kernel/log/create-logger';
import { addOfficial } from '../../bot-server/src/modules/identity';

type Role = (typeof officialRoles)[number];

const usage = `npm run official -- add --username <name> --name <real name> --roles <role[,role]> --bureau <id> [--districts <code[,code]>] [--json]
Adds an official to the configured database (DATABASE_URL, or DATA_DIR while the server is stopped) and prints the first password, once.
The second factor is enrolled at the first sign-in. Roles: ${officialRoles.join(', ')}`;

interface Given {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly bureauId: string;
  readonly districtCodes: readonly string[];
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function readGiven(args: readonly string[]): { given: Given; json: boolean } {
  const text = { type: 'string' } as const;
  const options = {
    username: text,
    name: text,
    roles: text,
    bureau: text,
    districts: text,
    json: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const roles = list(values.roles);
  const isRole = (role: string): role is Role => officialRoles.some((known) => known === role);
  if (positionals[0] !== 'add') throw new Error('the only command is add');
  if (!/^[a-z][a-z0-9.-]{2,39}$/.test(values.username ?? '')) throw new Error('--username: 3 to 40 of a-z 0-9 . -, a letter first');
  if (!values.name) throw new Error('--name is missing');
  const strange = roles.filter((role) => !isRole(role));
  if (roles.length === 0 || strange.length > 0) throw new Error(`--roles: ${strange.join(', ') || 'missing'}`);
  if (!values.bureau) throw new Error('--bureau is missing');
  const given = {
    username: values.username ?? '',
    name: values.name,
    roles: roles.filter(isRole),
    bureauId: values.bureau,
    districtCodes: list(values.districts),
  };
  return { given, json: values.json };
}

function readOrExplain(args: readonly string[]) {
  try {
    return readGiven(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(64);
  }
}

const { given, json } = readOrExplain(process.argv.slice(2));
try {
  const server = await composeServer(loadConfig(process.env), { log: createLogger({ level: 'error' }) });
  try {
    const { official, initialPassword } = await addOfficial(server.deps, { kind: 'system', id: 'command-line' }, given);
    if (json) console.log(JSON.stringify({ username: official.username, initialPassword }));
    else console.log(`${official.username} ${official.bureauName}\nfirst password (shown once, to be changed): ${initialPassword}`);
  } finally {
    await server.stop(3000);
  }
} catch (error) {
  if (error instanceof ConfigError) for (const problem of error.problems) console.error(problem);
  else if (error instanceof DomainError)
    console.error(`${error.message}\n${error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('\n')}`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
process.exit(0);
