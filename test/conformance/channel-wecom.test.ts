import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelBody, Recipient, SendResult } from '../../bot-server/src/channels/channel';
import { type ChannelStage, channelStage } from './channel-stage';

const card: ChannelBody = {
  channel: 'wecom',
  form: 'card',
  title: '经营情况快问',
  description: '两个问题',
  card: {
    taskId: 'c7a1-s0n1',
    submitText: '提交',
    questions: [
      {
        key: 'operation',
        title: '本周经营情况',
        mode: 'single',
        options: [
          { id: 'better', text: '好' },
          { id: 'worse', text: '差' },
        ],
      },
      {
        key: 'help',
        title: '是否需要联系',
        mode: 'single',
        options: [
          { id: 'yes', text: '需要' },
          { id: 'no', text: '不需要' },
        ],
      },
    ],
  },
};

describe('interactive cards on WeCom', () => {
  let stage: ChannelStage;
  beforeAll(async () => {
    stage = await channelStage();
  }, 60_000);
  afterAll(() => stage.close());
  const member = (n: number): Recipient => ({
    ref: String(n),
    address: { type: 'wecom-member', account: 'default', userId: `u${n}` },
    link: '',
  });

  it('go out one call per corp, a thousand people at most', () => {
    const wecom = stage.channel('wecom');
    const [joined] = stage.config.accounts.wecom.linkedCorps;
    if (!joined) throw new Error('no joined corp');
    const linked = (n: number): Recipient => ({
      ref: String(n),
      address: { type: 'wecom-linked', account: 'default', corpId: joined.corpId, agentId: joined.agentId, userId: `u${n}` },
      link: '',
    });
    const recipients = Array.from({ length: 2400 }, (_, index) => (index % 2 === 0 ? member(index + 1) : linked(index + 1)));
    const calls = wecom.plan(recipients, { attemptKey: 'c7a1', body: card });
    expect(calls.map((call) => call.recipients.length)).toEqual([1000, 200, 1000, 200]);
  });

  it('keep a partial refusal to those it is about, and reach a joined corp under its own token', async () => {
    const wecom = stage.channel('wecom');
    const [joined] = stage.config.accounts.wecom.linkedCorps;
    if (!joined) throw new Error('no joined corp');
    const nobody: Recipient = { ref: '3', address: { type: 'wecom-member', account: 'default', userId: 'Nobody' }, link: '' };
    const guest: Recipient = {
      ref: '4',
      address: { type: 'wecom-linked', account: 'default', corpId: joined.corpId, agentId: joined.agentId, userId: 'u4' },
      link: '',
    };
    const calls = wecom.plan([member(1), member(2), nobody, guest], { attemptKey: 'c7a1', body: card });
    const results: SendResult[] = [];
    for (const call of calls) results.push(...(await wecom.sendCall(call, new AbortController().signal)));
    expect(results.map(({ ref, outcome }) => [ref, outcome])).toEqual([
      ['1', 'accepted'],
      ['2', 'accepted'],
      ['3', 'refused'],
      ['4', 'accepted'],
    ]);
    const shown = [...stage.sandbox.world.observation.after(0)];
    expect(shown.map(({ corpId, recipient }) => [corpId, recipient])).toEqual([
      [stage.config.accounts.wecom.corpId, 'u1'],
      [stage.config.accounts.wecom.corpId, 'u2'],
      [joined.corpId, 'u4'],
    ]);
    expect(shown[0]?.card?.questions.map(({ key }) => key)).toEqual(['operation', 'help']);
  });

  it('refuses an app of a corp that is not joined without asking anybody', async () => {
    const wecom = stage.channel('wecom');
    const stranger: Recipient = {
      ref: '1',
      address: { type: 'wecom-linked', account: 'default', corpId: 'ww9', agentId: 1, userId: 'u1' },
      link: '',
    };
    const [call] = wecom.plan([stranger], { attemptKey: 'c7a1', body: card });
    expect(call && (await wecom.sendCall(call, new AbortController().signal))).toEqual([
      { ref: '1', outcome: 'refused', class: 'permanent', code: 'not-linked' },
    ]);
  });

  it('may hold one question with twenty options, or three single ones with ten', () => {
    const wecom = stage.channel('wecom');
    const options = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `o${index}`, text: `选项${index}` }));
    const body = (questions: { mode: 'single' | 'multiple'; count: number }[]): ChannelBody => ({
      ...card,
      card: {
        taskId: 't',
        submitText: '提交',
        questions: questions.map(({ mode, count }, index) => ({ key: `q${index}`, title: '题', mode, options: options(count) })),
      },
    });
    const rules = (questions: { mode: 'single' | 'multiple'; count: number }[]) => wecom.check(body(questions)).map(({ rule }) => rule);
    expect(rules([{ mode: 'multiple', count: 20 }])).toEqual([]);
    expect(rules([{ mode: 'multiple', count: 21 }])).toEqual(['options']);
    expect(
      rules([
        { mode: 'single', count: 10 },
        { mode: 'single', count: 10 },
        { mode: 'single', count: 10 },
      ]),
    ).toEqual([]);
    expect(
      rules([
        { mode: 'single', count: 11 },
        { mode: 'single', count: 2 },
      ]),
    ).toEqual(['options']);
    expect(
      rules([
        { mode: 'single', count: 2 },
        { mode: 'multiple', count: 2 },
      ]),
    ).toEqual(['mode']);
    expect(rules(Array(4).fill({ mode: 'single', count: 2 }))).toEqual(['count']);
  });
});
