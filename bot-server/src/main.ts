import { type ComposedServer, composeServer } from './compose';
import { ConfigError, exitConfig } from './config/config-error';
import { processEnv } from './config/env';
import { loadConfig } from './config/load-config';
import { collectProcessMetrics } from './kernel/health/metrics';

/** All of a drain, by check 3: exit 0 within 30 s of SIGTERM. */
const drainMs = 25_000;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function refuse(problems: readonly string[]): never {
  for (const problem of problems) say(`suiban: ${problem}`);
  process.exit(exitConfig);
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined);

/** Failures of a start that the person at the terminal can mend: one line each, exit 78. */
function explainStart(error: unknown, port: number): never {
  if (error instanceof ConfigError) refuse(error.problems);
  if (codeOf(error) === 'EADDRINUSE') refuse([`PORT: ${port} is taken by another program; set PORT to a free one`]);
  if (error instanceof Error && error.message.includes('database directory is')) refuse([`DATA_DIR: ${error.message}`]);
  throw error;
}

function onSignals(server: ComposedServer): void {
  const { log } = server.deps;
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'draining');
    server.stop(drainMs).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal({ err: error }, 'could not drain');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const die = (error: unknown) => {
    log.fatal({ err: error }, 'unexpected failure');
    process.exit(1);
  };
  process.on('unhandledRejection', die);
  process.on('uncaughtException', die);
}

async function main(): Promise<void> {
  let port = 0;
  try {
    const config = loadConfig(processEnv());
    port = config.port;
    const server = await composeServer(config);
    onSignals(server);
    collectProcessMetrics();
    await server.start();
    server.deps.log.info({ role: config.role, port, database: server.deps.db.kind, platforms: config.platforms }, 'ready');
  } catch (error) {
    explainStart(error, port);
  }
}

main().catch((error: unknown) => {
  say(`suiban: could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
