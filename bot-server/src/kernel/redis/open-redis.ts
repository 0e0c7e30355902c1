import { createClient } from 'redis';
import type { Logger } from '../log/logger';

export interface RedisLink {
  /** For rate limits. Commands fail at once while Redis is away: nothing here may wait for it. */
  readonly client: unknown;
  isReady(): boolean;
  close(): void;
}

/** A command that takes longer is as good as none: the caller counts for itself. */
const commandTimeoutMs = 250;

/** Connects in the background and for ever: Redis may be away at the start, and may be flushed at any moment. */
export function openRedis(url: string, log: Logger): RedisLink {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: commandTimeoutMs },
    socket: { connectTimeout: 2000, reconnectStrategy: (retries) => Math.min(100 * (retries + 1), 1000) },
  });
  let isAway = false;
  client.on('error', (error: Error) => {
    if (!isAway) log.warn({ err: error }, 'redis is away: each process counts requests for itself');
    isAway = true;
  });
  client.on('ready', () => {
    isAway = false;
  });
  client.connect().catch(() => undefined);
  return {
    client,
    isReady: () => client.isReady,
    close() {
      client.removeAllListeners('error').on('error', () => undefined);
      if (client.isOpen) client.destroy();
    },
  };
}
