import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPace } from '../../bot-server/src/kernel/pace/create-pace';
import { openRedis, type RedisLink } from '../../bot-server/src/kernel/redis/open-redis';
import { testLog } from '../support/log';
import { type RedisServer, startRedis } from '../support/redis';

let server: RedisServer;
const links: RedisLink[] = [];
beforeAll(async () => {
  server = await startRedis();
  links.push(openRedis(server.url, testLog), openRedis(server.url, testLog));
  while (!links.every((link) => link.isReady())) await new Promise((resolve) => setTimeout(resolve, 10));
}, 30_000);
afterAll(async () => {
  for (const link of links) link.close();
  await server.stop();
});

describe('turns of one person', () => {
  it('are counted over processes that share a Redis, and by each for itself while it is away', async () => {
    const [here, there] = links.map((link) => createPace(link.client));
    if (!here || !there) throw new Error('two processes');
    const taken: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      const [waitMs = 0] = await (count % 2 ? here : there).take('wecom:default', 30, ['hash-of-a-person']);
      taken.push(waitMs);
    }
    expect(taken.filter((waitMs) => waitMs === 0)).toHaveLength(3);
    expect(Math.max(...taken)).toBeLessThanOrEqual(7000);
    expect(await there.take('wecom:default', 30, ['another'])).toEqual([0]);
    await server.halt();
    const startedAt = performance.now();
    expect(await here.take('wecom:default', 30, ['hash-of-a-person'])).toEqual([0]);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  }, 30_000);
});
