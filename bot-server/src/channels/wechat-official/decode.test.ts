import { describe, expect, it } from '@jest/globals';
import { decode } from './decode';

const answering = { seal: { token: 't', encrypt: (xml: string) => Buffer.from(xml).toString('base64') }, nowSec: () => 1764000000 };
const push = (inner: string) =>
  decode(
    {
      text: `<xml><ToUserName>gh</ToUserName><FromUserName>oA</FromUserName><CreateTime>1764000000</CreateTime>${inner}</xml>`,
      nonce: 'n',
    },
    answering,
  );
const event = (name: string, more = '') => push(`<MsgType>event</MsgType><Event>${name}</Event>${more}`);

describe('pushes of the Official Account', () => {
  it('say what was written, and can be answered', () => {
    const inbound = push('<MsgType>text</MsgType><Content><![CDATA[问卷]]></Content><MsgId>4561255354251345929</MsgId>');
    expect(inbound).toMatchObject({
      messageKey: 'm:4561255354251345929',
      event: { type: 'chat', act: 'text', text: '问卷', peer: { userId: 'oA' }, saidAt: '2025-11-24T16:00:00.000Z' },
      answer: 'success',
    });
    const answer = inbound.kind === 'message' ? inbound.reply?.({ form: 'text', text: '您好' }) : undefined;
    const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(answer?.body ?? '')?.[1] ?? '';
    expect(Buffer.from(encrypted, 'base64').toString()).toContain('<ToUserName><![CDATA[oA]]></ToUserName><FromUserName><![CDATA[gh]]>');
  });

  it('say what became of a mass message', () => {
    const counts = '<TotalCount>10</TotalCount><FilterCount>9</FilterCount><SentCount>8</SentCount><ErrorCount>1</ErrorCount>';
    const ended = (state: string) => event('MASSSENDJOBFINISH', `<MsgID>3147483730</MsgID><Status>${state}</Status>${counts}`);
    expect(ended('send success')).toMatchObject({
      event: { type: 'receipt', platformId: '3147483730', result: 'delivered', totals: { total: 10, sent: 8, failed: 1 } },
    });
    expect(ended('err(20001)')).toMatchObject({ event: { result: 'failed', code: 'err(20001)' } });
    expect(ended('send fail')).toMatchObject({ event: { result: 'failed', code: 'system-failed' } });
  });

  it('of which nobody expects an answer have none, and no openid in their key', () => {
    const inbound = event('TEMPLATESENDJOBFINISH', '<MsgID>1</MsgID><Status>success</Status>');
    expect(inbound).toMatchObject({ event: { type: 'receipt', result: 'delivered' } });
    expect(inbound.kind === 'message' && [inbound.reply, inbound.messageKey.includes('oA')]).toEqual([undefined, false]);
    expect(event('LOCATION')).toMatchObject({ event: { type: 'other', name: 'LOCATION' } });
  });
});
