import { afterAll, describe, expect, it } from '@jest/globals';
import { budgets, createRateLimits } from '../../bot-server/src/kernel/http/rate';
import { openRedis, type RedisLink } from '../../bot-server/src/kernel/redis/open-redis';
import { testLog } from '../support/log';
import { freePort } from '../support/process';
import { startRedis } from '../support/redis';

const anonymous = { kind: 'anonymous' } as const;
const links: RedisLink[] = [];
afterAll(() => {
  for (const link of links) link.close();
});

async function open(url: string): Promise<RedisLink> {
  const link = openRedis(url, testLog);
  links.push(link);
  return link;
}
const untilReady = async (link: RedisLink): Promise<void> => {
  while (!link.isReady()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('budgets in Redis', () => {
  it('are shared by processes, hold no address, and go on in memory while Redis is away', async () => {
    const server = await startRedis();
    const url = `redis://127.0.0.1:${server.port}`;
    const [one, other] = [await open(url), await open(url)];
    await Promise.all([untilReady(one), untilReady(other)]);
    const [here, there] = [createRateLimits({ factor: 1, redis: one.client }), createRateLimits({ factor: 1, redis: other.client })];
    const { points } = budgets['sign-in'];
    for (let count = 0; count < points; count += 1) await (count % 2 ? here : there).consume('sign-in', anonymous, '203.0.113.7');
    await expect(here.consume('sign-in', anonymous, '203.0.113.7')).rejects.toMatchObject({ type: 'kernel:too-many-requests' });
    await expect(there.consume('sign-in', anonymous, '203.0.113.7')).rejects.toMatchObject({ type: 'kernel:too-many-requests' });
    const keys = await (one.client as { keys(pattern: string): Promise<string[]> }).keys('*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain('203.0.113');

    await server.halt();
    const started = performance.now();
    await here.consume('sign-in', anonymous, '203.0.113.7');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(one.isReady()).toBe(false);

    await server.start();
    const back = performance.now();
    await untilReady(one);
    expect(performance.now() - back).toBeLessThan(5000);
    await server.stop();
  }, 30_000);

  it('count in memory when Redis was never there', async () => {
    const link = await open(`redis://127.0.0.1:${await freePort()}`);
    const rates = createRateLimits({ factor: 1, redis: link.client });
    for (let count = 0; count < budgets['sign-in'].points; count += 1) await rates.consume('sign-in', anonymous, '203.0.113.8');
    await expect(rates.consume('sign-in', anonymous, '203.0.113.8')).rejects.toMatchObject({ type: 'kernel:too-many-requests' });
  });
});
