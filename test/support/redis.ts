import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinary, freePort, type Running, startChild, temporaryFolder } from './process';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends the server and forgets everything; `start` brings an empty one back on the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the installed redis-server on a random loopback port, `noeviction`; with an append-only file when asked (benches). */
export async function startRedis(options: { appendOnly?: boolean } = {}): Promise<RedisServer> {
  const port = await freePort();
  const run = async (): Promise<Running> => {
    const folder = temporaryFolder('redis');
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--maxmemory-policy', 'noeviction'];
    const running = startChild(findBinary('redis-server'), [...args, '--appendonly', options.appendOnly ? 'yes' : 'no'], {
      folder,
      stopSignal: 'SIGTERM',
    });
    for (let count = 0; count < 200; count += 1) {
      if (await accepts(port)) return running;
      await sleep(20);
    }
    await running.stop();
    throw new Error('redis-server did not start');
  };
  let running = await run();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    halt: () => running.stop(),
    async start() {
      running = await run();
    },
    stop: () => running.stop(),
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
