import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { forgeriesOf, nowSec } from '../conformance/push-promises';
import { type CallbackStage, callbackStage, pushSources } from '../support/callback-stage';

let stage: CallbackStage;
beforeAll(async () => {
  stage = await callbackStage();
}, 120_000);
afterAll(() => stage.close());

/** What is handed to a parser while `work` runs. */
async function parsedDuring(work: () => Promise<unknown>): Promise<string[]> {
  const parsed: string[] = [];
  const { parse } = JSON;
  const json = jest.spyOn(JSON, 'parse').mockImplementation((text, reviver) => {
    parsed.push(text);
    return parse(text, reviver) as unknown;
  });
  const xml = jest.spyOn(XMLParser.prototype, 'parse').mockImplementation((text) => {
    parsed.push(String(text));
    return {};
  });
  try {
    await work();
    return parsed;
  } finally {
    json.mockRestore();
    xml.mockRestore();
  }
}

describe.each(pushSources)('pushes to $source', (subject) => {
  beforeEach(() => stage.forget());
  const nothingHappened = async () => {
    expect(await stage.count('inbox')).toBe(0);
    expect(await stage.count('callback_nonce')).toBe(0);
    expect(stage.deps.tasks.woken).toEqual([]);
  };

  it.each(forgeriesOf(subject))('%s: 401, no row, no task, and nothing unsigned was parsed', async (variant) => {
    const push = subject.build(nowSec(), variant);
    let answered = { status: 0, text: '' };
    const parsed = await parsedDuring(async () => {
      answered = await stage.send(push);
    });
    expect(answered.status).toBe(401);
    // Refused for what it is: the problem names no reason a forger could learn from.
    expect(JSON.parse(answered.text)).toEqual({
      type: expect.stringContaining('forged-callback'),
      title: expect.any(String),
      status: 401,
      detail: expect.any(String),
      instance: expect.any(String),
      request_id: expect.any(String),
    });
    expect(answered.text).not.toContain(variant);
    // These two may carry a good signature over what they are.
    if (variant !== 'plaintext' && variant !== 'foreign-receiver') expect(parsed).toEqual([]);
    await nothingHappened();
  });

  it('the answer is the same, word for word, whatever is wrong', async () => {
    const answers = new Set<string>();
    for (const variant of forgeriesOf(subject)) {
      const { text } = await stage.send(subject.build(nowSec(), variant));
      const { request_id: _own, ...rest } = JSON.parse(text) as Record<string, unknown>;
      answers.add(JSON.stringify(rest));
    }
    expect(answers.size).toBe(1);
  });

  if (subject.redelivery === 'same-bytes') {
    it('the very same bytes again are the platform repeating itself: 200, no second row', async () => {
      const push = subject.build(nowSec() - 20, 'valid');
      expect([(await stage.send(push)).status, (await stage.send(push)).status]).toEqual([200, 200]);
      expect(await stage.count('inbox')).toBe(1);
    });
  } else {
    it('the very same bytes again are a replay: 401, no second row, no second task', async () => {
      const push = subject.build(nowSec() - 20, 'valid');
      expect((await stage.send(push)).status).toBe(200);
      const { length } = stage.deps.tasks.woken;
      expect((await stage.send(push)).status).toBe(401);
      expect(await stage.count('inbox')).toBe(1);
      expect(stage.deps.tasks.woken).toHaveLength(length);
    });
  }

  it('a good one is taken: the refusals above are about the forgery', async () => {
    expect((await stage.send(subject.build(nowSec() - 40, 'valid'))).status).toBe(200);
    expect(await stage.count('inbox')).toBe(1);
    expect(stage.deps.tasks.woken).toHaveLength(1);
  });

  it('an account that is not configured is not found', async () => {
    const push = subject.build(nowSec(), 'valid');
    expect((await stage.send({ ...push, path: push.path.replace('/default', '/other') })).status).toBe(404);
    await nothingHappened();
  });
});

describe('the address checks of consoles', () => {
  afterEach(() => stage.forget());
  it.each(['wechat-mini', 'wechat-official', 'wecom'])('%s: an unsigned one is not echoed', async (source) => {
    const query = `signature=${'0'.repeat(40)}&msg_signature=${'0'.repeat(40)}&timestamp=${nowSec()}&nonce=1&echostr=canary-echo`;
    const answered = await stage.send({ method: 'GET', path: `/callbacks/${source}/default?${query}`, headers: {}, body: '' });
    // 404 until the channel is in the list of the conformance suite.
    expect([401, 404]).toContain(answered.status);
    expect(answered.text).not.toContain('canary-echo');
  });
});
