import { describe, expect, it } from '@jest/globals';
import { decode } from './decode';

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
