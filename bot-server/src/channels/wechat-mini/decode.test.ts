import { describe, expect, it } from '@jest/globals';
import { decode } from './decode';
import { fieldRuleOf } from './limits';

const push = (text: string) => decode({ text, nonce: 'n' });
const event = (name: string, list: unknown) =>
  push(JSON.stringify({ ToUserName: 'gh', FromUserName: 'oA', CreateTime: 1, MsgType: 'event', Event: name, List: list }));

describe('events of the mini-program', () => {
  const entry = { TemplateId: 't1', SubscribeStatusString: 'accept', PopupScene: '0' };
  it('carry one entry bare and several as a list', () => {
    expect(event('subscribe_msg_popup_event', entry)).toMatchObject({
      event: { type: 'subscription', openid: 'oA', grants: [{ templateId: 't1', accepted: true }] },
    });
    const two = event('subscribe_msg_popup_event', [entry, { ...entry, TemplateId: 't2', SubscribeStatusString: 'reject' }]);
    expect(two).toMatchObject({
      event: {
        grants: [
          { templateId: 't1', accepted: true },
          { templateId: 't2', accepted: false },
        ],
      },
    });
  });

  it('say the same in XML', () => {
    const xml = (list: string) =>
      `<xml><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe_msg_popup_event]]></Event><SubscribeMsgPopupEvent>${list}</SubscribeMsgPopupEvent></xml>`;
    const item = (id: string) =>
      `<List><TemplateId><![CDATA[${id}]]></TemplateId><SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString></List>`;
    expect(push(xml(item('t1')))).toEqual(event('subscribe_msg_popup_event', { TemplateId: 't1', SubscribeStatusString: 'accept' }));
    expect(push(xml(item('t1') + item('t2')))).toMatchObject({ event: { grants: [{ templateId: 't1' }, { templateId: 't2' }] } });
  });

  it('tell what became of messages, each of them', () => {
    const sent = event('subscribe_msg_sent_event', [
      { TemplateId: 't1', MsgID: '9007199254740993', ErrorCode: '0', ErrorStatus: 'success' },
      { TemplateId: 't1', MsgID: '2', ErrorCode: '45168', ErrorStatus: 'sensitive' },
    ]);
    expect(sent).toMatchObject({
      event: { type: 'receipt', platformId: '9007199254740993', result: 'delivered' },
      further: [{ platformId: '2', result: 'failed' }],
    });
  });

  it('of the same second about different things have different keys; keys hold no openid', () => {
    const keys = [
      event('subscribe_msg_sent_event', { TemplateId: 't1', MsgID: '1', ErrorCode: '0' }),
      event('subscribe_msg_sent_event', { TemplateId: 't1', MsgID: '2', ErrorCode: '0' }),
    ].map((inbound) => (inbound.kind === 'message' ? inbound.messageKey : ''));
    expect(new Set(keys).size).toBe(2);
    expect(keys.join()).not.toContain('oA');
  });
});

describe('field rules of templates', () => {
  it.each([
    ['thing1', '二十个字以内都可以的内容啊啊啊啊啊啊', true],
    ['thing1', '字'.repeat(21), false],
    ['time3', '2026年11月27日 18:00', true],
    ['time3', '18:00:30', true],
    ['time3', '18:00 ~ 20:00', true],
    ['time3', '今晚六点', false],
    ['date3', '2026年11月27日', true],
    ['date3', '2026-11-27 18:00', true],
    ['date3', '11月27日', false],
    ['phrase2', '处理中', true],
    ['phrase2', 'done', false],
    ['amount1', '¥10.00', true],
    ['amount1', '10.00元', true],
    ['amount1', '十元', false],
    ['number1', '12.5', true],
    ['number1', '1,2', false],
    ['character_string1', 'A-12/3', true],
    ['character_string1', '单号1', false],
    ['name1', '王小明', true],
    ['name1', 'Wang Xiaoming', true],
    ['name1', '字'.repeat(11), false],
    ['car_number1', '沪A12345', true],
  ])('%s: %s → %s', (key, value, isFine) => {
    expect(fieldRuleOf(key)?.fits(value)).toBe(isFine);
  });

  it('know no other kinds', () => {
    expect(fieldRuleOf('other1')).toBeUndefined();
    expect(fieldRuleOf('thing')).toBeUndefined();
  });
});
