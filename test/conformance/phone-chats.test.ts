import { describe, expect, it } from '@jest/globals';
import type { PhoneView } from '../emulators/phone/src/desk-client';
import { withLinks } from '../emulators/phone/src/text-parts';
import { soleThreadOf, threadsOf } from '../emulators/phone/src/threads';

const view = (chats: PhoneView['chats'], userId: string | null = null): PhoneView =>
  ({ persona: { id: 'p', wecom: userId === null ? null : { corpId: 'ww', userId } }, chats, templates: [] }) as unknown as PhoneView;
const shown = (given: PhoneView) => threadsOf(given).map(({ app, id }) => `${app} ${id}`);

describe('the chats of a phone', () => {
  it('are those of the identities this person has, empty ones too', () => {
    expect(shown(view({ wechat: [], sms: [] }))).toEqual(['wechat services', 'sms sms']);
    expect(shown(view({ 'wechat-official': [], wecom: [], alipay: [], email: [] }, 'u.chen'))).toEqual([
      'wechat official',
      'wecom assistant',
      'alipay notices',
      'mail mail',
    ]);
  });

  it('put what a customer of our staff gets into WeChat, for customers have no WeCom', () => {
    expect(shown(view({ wecom: [] }, 'wm1234'))).toEqual(['wechat contact']);
    expect(shown(view({ wecom: [] }, 'wo1234'))).toEqual(['wechat contact']);
    expect(shown(view({ wecom: [] }, 'wang'))).toEqual(['wecom assistant']);
  });

  it('have a list where an app has more than one', () => {
    expect([soleThreadOf('wechat'), soleThreadOf('wecom'), soleThreadOf('sms')]).toEqual([null, null, 'sms']);
  });
});

describe('links inside a text', () => {
  const parts = (text: string) => withLinks(text).map(({ text: words, link }) => (link === null ? words : `${words} → ${link}`));
  it('are bare addresses, which end where Chinese goes on', () => {
    expect(parts('请填写：https://a.example/s/1-2，11月27日前')).toEqual([
      '请填写：',
      'https://a.example/s/1-2 → https://a.example/s/1-2',
      '，11月27日前',
    ]);
  });
  it('are the anchors that WeChat allows, shown by their words', () => {
    expect(parts('欢迎。<a href="https://a.example/m/">打开</a>或回复')).toEqual(['欢迎。', '打开 → https://a.example/m/', '或回复']);
  });
  it('leave other markup and texts without links alone', () => {
    expect(parts('a < b <b>粗</b>')).toEqual(['a < b <b>粗</b>']);
    expect(parts('')).toEqual([]);
  });
});
