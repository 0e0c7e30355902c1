import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Caller } from '../support/app';
import { type ChatStage, chatStage } from '../support/chat-stage';

jest.setTimeout(90_000);

let stage: ChatStage;

beforeAll(async () => {
  stage = await chatStage();
});
afterAll(() => stage.close());

describe('常用语', () => {
  it('every bureau starts with some; they are edited by the bureau alone, and what was deleted stays away', async () => {
    const list = async (who: Caller) =>
      (await who.get('/api/canned-replies')).body.items as { id: string; title: string; revision: number }[];
    const housing = await stage.app.official({ roles: ['handler'], bureauId: 'housing' });
    const handler = await stage.app.official({ roles: ['handler'], bureauId: 'economy' });
    const supervisor = await stage.app.official({ roles: ['supervisor'], bureauId: 'economy' });
    const [first] = await list(housing);
    if (!first) throw new Error('no seeds');
    const url = `/api/canned-replies/${first.id}`;
    const change = { title: '改过', text: '改过的话', position: 0, revision: first.revision };
    expect((await handler.send('PUT', url, change)).status).toBe(404);
    expect((await handler.send('DELETE', url)).status).toBe(404);
    expect((await housing.send('PUT', url, change)).body).toMatchObject({ title: '改过', revision: first.revision + 1 });
    expect((await housing.send('PUT', url, change)).status).toBe(409);
    expect((await housing.send('DELETE', url)).status).toBe(204);
    expect((await housing.send('DELETE', url)).status).toBe(404);
    const made = await housing.post('/api/canned-replies', { title: '新', text: '新的话' });
    expect(made.status).toBe(201);
    await stage.conversations.onStart?.();
    const titles = (await list(housing)).map(({ title }) => title);
    expect(titles).not.toContain('改过');
    expect(titles.at(-1)).toBe('新');
    expect((await supervisor.post('/api/canned-replies', { title: '新', text: '新的话' })).status).toBe(403);
  });
});
