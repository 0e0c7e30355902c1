import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@suiban/shared/time';
import { channelRegistry } from './channels/registry';
import { composeModules } from './compose';
import { loadCity } from './config/load-city';
import { loadConfig } from './config/load-config';
import { packageDir } from './config/paths';
import { openapiText } from './kernel/http/openapi/openapi';
import type { Deps, Module } from './modules/module';

/** Answers every property with itself and throws when called: modules may keep it, not use it, while they are made. */
function inert(what: string): never {
  const stand: unknown = new Proxy(() => undefined, {
    get: (_target, key) => (key === 'then' ? undefined : stand),
    apply: () => {
      throw new Error(`a module used ${what} while it was made; do that in a handler or a task`);
    },
  });
  return stand as never;
}

/** The modules without anything behind them: for reading their routes, permissions and tasks. */
export function contractModules(): readonly Module[] {
  const config = loadConfig({ SUIBAN_SECRET_KEY: 'only to read the contract, seals nothing', SANDBOX_URL: 'http://127.0.0.1:9' });
  const deps: Deps = {
    config,
    city: loadCity(config.cityFile),
    clock: systemClock,
    log: inert('log'),
    db: inert('db'),
    tasks: inert('tasks'),
    outbox: inert('outbox'),
    audit: inert('audit'),
    sealer: inert('sealer'),
    files: inert('files'),
    channels: channelRegistry([]),
    pace: inert('pace'),
  };
  return composeModules(deps, inert('inbox'));
}

const file = path.join(packageDir, 'openapi.json');

export const currentOpenapi = (): string =>
  openapiText(contractModules().flatMap((module) => module.routes.map(({ operation }) => operation)));

/** What `bot-server/openapi.json` says; undefined when it is not there. */
export const storedOpenapi = (): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** Writes `bot-server/openapi.json`. */
export const writeOpenapi = (): Promise<void> => writeFile(file, currentOpenapi());
