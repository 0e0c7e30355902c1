import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call, ChannelBody } from '../channel';
import type { ChatReply } from '../chat';
import { check } from './check';
import { encodeCall, encodeSaid } from './encode';

const body = (page: string | null): Extract<ChannelBody, { channel: 'wechat-official' }> => ({
  channel: 'wechat-official',
  templateId: 't1',
  page,
  data: { time3: '2026年11月27日 18:00', thing1: '问卷' },
});
const call = (page: string | null, ref = '5', attemptKey = 'c12a1'): Call => ({
  recipients: [{ ref, address: { type: 'openid', account: 'default', openid: 'oA' }, link: 'https://x.test/s/c-5-1-mac' }],
  content: { attemptKey, body: body(page) },
});
const read = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('a template message', () => {
  it('opens the link alone, or the page with its token and the link for old phones', () => {
    expect(read(encodeCall(call(null), 'wxmini'))).toEqual({
      touser: 'oA',
      template_id: 't1',
      url: 'https://x.test/s/c-5-1-mac',
      client_msg_id: 'c12a1-5',
      data: { thing1: { value: '问卷' }, time3: { value: '2026年11月27日 18:00' } },
    });
    expect(read(encodeCall(call('pages/a'), 'wxmini'))).toMatchObject({
      url: 'https://x.test/s/c-5-1-mac',
      miniprogram: { appid: 'wxmini', pagepath: 'pages/a?link=c-5-1-mac' },
    });
    expect(read(encodeCall(call('pages/a'), '')).miniprogram).toBeUndefined();
  });

  it('has a key of its own for every attempt and recipient, and the same bytes for the same one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 99 }), fc.nat({ max: 99 }), (a, b, x, y) => {
        const [one, two] = [call(null, String(a), `c1a${x}`), call(null, String(b), `c1a${y}`)].map((each) => encodeCall(each, ''));
        const isSame = a === b && x === y;
        expect(read(one ?? '').client_msg_id === read(two ?? '').client_msg_id).toBe(isSame);
        if (isSame) expect(one).toBe(two);
      }),
    );
  });

  it('goes to one openid only', () => {
    const mobile = { ref: '1', address: { type: 'mobile', account: 'default', mobile: '139' }, link: '' } as const;
    expect(() => encodeCall({ ...call(null), recipients: [mobile] }, '')).toThrow();
  });
});

describe('a customer message', () => {
  const link = { form: 'link', title: '问"卷"', description: '8 题', url: '', page: 'pages/a?x=1', buttonText: '填' } as const;

  it('of a page is a link inside a text, whose marks cannot be broken out of', () => {
    const said = read(encodeSaid('oA', link, 'wxmini')) as { text: { content: string } };
    expect(said.text.content).toBe('8 题\n<a href="#" data-miniprogram-appid="wxmini" data-miniprogram-path="pages/a?x=1">问卷</a>');
  });

  it('of a card is the link beside it', () => {
    const fallback = { ...link, url: 'https://x.test/' };
    const card: ChatReply = { form: 'card', title: '', description: '', card: { taskId: 't', submitText: '', questions: [] }, fallback };
    expect(encodeSaid('oA', card, 'wxmini')).toBe(encodeSaid('oA', fallback, 'wxmini'));
    expect(read(encodeSaid('oA', card, 'wxmini'))).toMatchObject({ msgtype: 'news' });
  });
});

describe('the check before launch', () => {
  it('knows the kinds of this account and those it shares', () => {
    const fields = (data: Record<string, string>) => check({ ...body(null), data }).map(({ field }) => field);
    expect(fields({ const1: '长'.repeat(20), amount2: '¥123456789012', thing3: '字'.repeat(20) })).toEqual([]);
    expect(fields({ const1: '长'.repeat(21), amount2: '¥1234567890123', phrase3: '六个字的短语', first: 'x' })).toEqual([
      'data/const1',
      'data/amount2',
      'data/phrase3',
      'data/first',
    ]);
  });

  it('wants a page without a slash in front, or none', () => {
    expect(check(body(null))).toEqual([]);
    expect(check(body('/pages/a'))).toEqual([expect.objectContaining({ field: 'page' })]);
    expect(check({ channel: 'sms', signName: '', text: '' })).toEqual([expect.objectContaining({ field: 'channel' })]);
  });
});
