import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { EnginePool } from './engine-pool';
import type { Notifications } from './notifications';

class FakeNotifications extends EventEmitter implements Notifications {
  readonly listened: string[] = [];
  async listen(statement: string): Promise<void> {
    this.listened.push(statement.trim());
  }
  async close(): Promise<void> {
    this.removeAllListeners();
  }
}

/** A pool of one: notes who ran what, and how many clients are out. */
function fakePool() {
  const ran: string[] = [];
  let out = 0;
  const pool = {
    query: async (text: string) => {
      ran.push(`pool ${text}`);
      return { rows: [] };
    },
    connect: async () => {
      out += 1;
      return {
        query: async (text: string) => {
          ran.push(`client ${text}`);
          return { rows: [] };
        },
        release: () => {
          out -= 1;
        },
      };
    },
  };
  return { pool: pool as unknown as pg.Pool, ran, out: () => out };
}

const setUp = () => {
  const notifications = new FakeNotifications();
  const fake = fakePool();
  return { ...fake, notifications, engine: new EnginePool(fake.pool, notifications) };
};

describe('the pool that BullMQ sees', () => {
  it('lets clients be kept without holding a connection', async () => {
    const { engine, ran, out } = setUp();
    const clients = await Promise.all([engine.connect(), engine.connect(), engine.connect()]);
    for (const client of clients) await client.query('select 1');
    expect(out()).toBe(0);
    expect(ran).toEqual(['pool select 1', 'pool select 1', 'pool select 1']);
  });

  it('pins a connection from BEGIN to COMMIT or ROLLBACK', async () => {
    const { engine, ran, out } = setUp();
    const client = await engine.connect();
    await client.query('-- migrates\nBEGIN');
    await client.query('savepoint s');
    await client.query('rollback to s');
    expect(out()).toBe(1);
    await client.query('COMMIT');
    expect(out()).toBe(0);
    await client.query('start transaction');
    await client.query('rollback');
    expect(out()).toBe(0);
    expect(ran.every((line) => line.startsWith('client'))).toBe(true);
  });

  it('rolls back what is released in the middle', async () => {
    const { engine, ran, out } = setUp();
    const client = await engine.connect();
    await client.query('begin');
    client.release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ran.at(-1)).toBe('client rollback');
    expect(out()).toBe(0);
  });

  it('sends LISTEN to the shared listener and what it hears to every client, until released', async () => {
    const { engine, notifications, ran } = setUp();
    const [one, two] = [await engine.connect(), await engine.connect()];
    const heard: string[] = [];
    one.on('notification', ({ payload }) => heard.push(`one ${payload}`));
    two.on('notification', ({ payload }) => heard.push(`two ${payload}`));
    await one.query('-- Subscribe\n-- to jobs.\nLISTEN bullmq_jobs;');
    expect(notifications.listened).toEqual(['LISTEN bullmq_jobs;']);
    expect(ran).toEqual([]);
    notifications.emit('notification', { channel: 'bullmq_jobs', payload: 'q' });
    two.release();
    notifications.emit('notification', { channel: 'bullmq_jobs', payload: 'r' });
    expect(heard).toEqual(['one q', 'two q', 'one r']);
  });

  it('tells its clients when the listener was lost, so that they listen again', async () => {
    const { engine, notifications } = setUp();
    const client = await engine.connect();
    expect(() => notifications.emit('lost', new Error('unheard'))).not.toThrow();
    const heard: string[] = [];
    client.on('error', ({ message }) => heard.push(message));
    notifications.emit('lost', new Error('gone'));
    expect(heard).toEqual(['gone']);
  });
});
