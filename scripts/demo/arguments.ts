import { parseArgs } from 'node:util';

export type Backend = 'pglite' | 'postgres+redis';

export interface DemoArguments {
  /** No bars, nothing that only a terminal shows. The last line is JSON either way. */
  readonly json: boolean;
  readonly kills: number;
  readonly backend: Backend;
  /** Of the server; undefined = any free one. */
  readonly port: number | undefined;
}

const usage = `npm run demo -- [--json] [--kill N] [--backend pglite|postgres+redis] [--port N]
  --json      no progress bars
  --kill N    kill -9 the sending process N times (0 to 9) while messages go out, and start it again
  --backend   pglite: one process (default); postgres+redis: one web and two worker processes`;

/** Ends the process with 64 for arguments that are none. */
export function readArguments(given: readonly string[]): DemoArguments {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        json: { type: 'boolean', default: false },
        kill: { type: 'string', default: '0' },
        backend: { type: 'string', default: 'pglite' },
        port: { type: 'string' },
      },
    });
    const { json, kill, backend, port } = values;
    if (!/^\d$/.test(kill)) throw new Error('--kill must be a number from 0 to 9');
    if (backend !== 'pglite' && backend !== 'postgres+redis') throw new Error('--backend must be pglite or postgres+redis');
    if (port !== undefined && !/^\d{2,5}$/.test(port)) throw new Error('--port must be a port number');
    return { json, kills: Number(kill), backend, port: port === undefined ? undefined : Number(port) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(64);
  }
}
