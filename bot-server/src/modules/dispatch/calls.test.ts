import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCall as encodeAlipay } from '../../channels/alipay-mini/encode';
import type { Call, Channel, ChannelBody } from '../../channels/channel';
import { encodeCall as encodeMail } from '../../channels/email/encode';
import { encodeCall as encodeSms } from '../../channels/sms/encode';
import { encodeCall as encodeMini } from '../../channels/wechat-mini/encode';
import { encodeCall as encodeOfficial } from '../../channels/wechat-official/encode';
import { encodeContactCall } from '../../channels/wecom/contacts';
import { encodeCall as encodeWecom, targetOf } from '../../channels/wecom/encode';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';
import { type CallMaker, cardTaskId, type MarkedRow, type PlannedCall, planCalls, readCardTaskId, rebuildCall } from './calls';

const sealer: FieldSealer = { seal: (_purpose, plain) => `x${plain}`, open: (_purpose, sealed) => sealed.slice(1), blindIndex: () => '' };
const own = { corpId: 'ww0', agentId: 1 };
const card: ChannelBody = {
  channel: 'wecom',
  form: 'card',
  title: 't',
  description: 'd',
  card: { taskId: 'pending', submitText: 's', questions: [{ key: 'q', title: 'q', mode: 'single', options: [{ id: 'a', text: 'a' }] }] },
};
const bodies = {
  wecom: { channel: 'wecom', form: 'textcard', title: 't', description: 'd', buttonText: 'b' },
  card,
  'wechat-mini': { channel: 'wechat-mini', templateId: 't', page: 'p', data: { thing1: 'x', date2: 'y' } },
  'wechat-official': { channel: 'wechat-official', templateId: 't', page: null, data: { thing1: 'x' } },
  'alipay-mini': { channel: 'alipay-mini', templateId: 't', page: 'p', data: { keyword1: 'x' } },
  contact: { channel: 'wecom', form: 'contact', text: 'x {link}' },
  email: { channel: 'email', subject: 's', text: 'x {link}' },
  sms: { channel: 'sms', signName: 's', text: 'x {link}' },
} as const satisfies Record<string, ChannelBody>;

/** Plans as the real channels do: one call each, cards by corp and at most three at once. */
const plan: Channel['plan'] = (recipients, content) => {
  if (content.body.channel !== 'wecom' || content.body.form !== 'card')
    return recipients.map((recipient) => ({ recipients: [recipient], content }));
  const corpOf = (recipient: (typeof recipients)[number]): string => targetOf(recipient.address, own)?.corpId ?? '';
  const corps = [...new Set(recipients.map(corpOf))];
  return corps.flatMap((corp) => {
    const group = recipients.filter((recipient) => corpOf(recipient) === corp);
    return Array.from({ length: Math.ceil(group.length / 3) }, (_, at) => ({ recipients: group.slice(at * 3, at * 3 + 3), content }));
  });
};
const makerOf = (kind: keyof typeof bodies): CallMaker => ({
  campaignId: '42',
  stepNo: 1,
  step: { channel: bodies[kind].channel, account: 'default', body: bodies[kind] },
  channel: { plan } as Channel,
  sealer,
  linkKey: Buffer.alloc(32, 1),
  publicBaseUrl: 'https://example.test',
});
const addressOf = (kind: keyof typeof bodies, seq: number): unknown => {
  if (kind === 'sms') return { type: 'mobile', account: 'default', mobileSealed: `x139${seq}` };
  if (kind === 'email') return { type: 'email', account: 'default', emailSealed: `xa${seq}@firm.example` };
  if (kind === 'contact') return { type: 'wecom-contact', account: 'default', staffUserId: 'u', externalUserId: `wm${seq}` };
  if (bodies[kind].channel !== 'wecom') return { type: 'openid', account: 'default', openid: `o${seq}` };
  return seq % 3 === 0
    ? { type: 'wecom-linked', account: 'default', corpId: 'ww1', agentId: 2, userId: `u${seq}` }
    : { type: 'wecom-member', account: 'default', userId: `u${seq}` };
};
const bytesOf = (kind: keyof typeof bodies, call: Call): string => {
  if (kind === 'sms') return encodeSms(call);
  if (kind === 'wechat-mini') return encodeMini(call);
  if (kind === 'wechat-official') return encodeOfficial(call, 'wx0');
  if (kind === 'alipay-mini') return JSON.stringify(encodeAlipay(call));
  if (kind === 'email') return JSON.stringify(encodeMail(call, 'city.example'));
  if (kind === 'contact') return encodeContactCall(call) ?? '';
  return encodeWecom(call, targetOf(call.recipients[0]?.address ?? { type: 'openid', account: '', openid: '' }, own) ?? own, 1800);
};

const rowsOf = (kind: keyof typeof bodies) =>
  fc
    .uniqueArray(fc.record({ seq: fc.integer({ min: 1, max: 500 }), attemptNo: fc.integer({ min: 1, max: 4 }) }), {
      selector: ({ seq }) => seq,
      minLength: 1,
      maxLength: 60,
    })
    .map((rows): MarkedRow[] => rows.map((row) => ({ ...row, address: addressOf(kind, row.seq) })));

describe.each(Object.keys(bodies) as (keyof typeof bodies)[])('calls of %s', (kind) => {
  it('are the same bytes when rebuilt from what the ledger keeps', () => {
    fc.assert(
      fc.property(rowsOf(kind), fc.infiniteStream(fc.nat()), (rows, order) => {
        for (const planned of planCalls(makerOf(kind), rows)) {
          // The ledger gives back attempt number, call number and seq, in any order.
          const kept = rows.filter(({ seq }) => planned.seqs.includes(seq)).sort(() => ((order.next().value ?? 0) % 2) - 0.5);
          const rebuilt = rebuildCall(makerOf(kind), kept);
          expect(bytesOf(kind, rebuilt.call)).toBe(bytesOf(kind, planned.call));
          expect([rebuilt.callNo, rebuilt.attemptNo, rebuilt.seqs]).toEqual([planned.callNo, planned.attemptNo, planned.seqs]);
        }
      }),
    );
  });

  it('hold each row once, and no two calls are alike', () => {
    fc.assert(
      fc.property(rowsOf(kind), (rows) => {
        const calls = planCalls(makerOf(kind), rows);
        expect(calls.flatMap(({ seqs }) => seqs).sort((a, b) => a - b)).toEqual(rows.map(({ seq }) => seq).sort((a, b) => a - b));
        expect(new Set(calls.map(({ call }) => bytesOf(kind, call))).size).toBe(calls.length);
        expect(new Set(calls.map(({ attemptNo, callNo }: PlannedCall) => `${attemptNo}/${callNo}`)).size).toBe(calls.length);
      }),
    );
  });
});

describe('a card task id', () => {
  it('leads back to campaign and attempt, and fits the platform', () => {
    const id = cardTaskId('42', 3, 1, 77);
    expect(id).toMatch(/^[0-9A-Za-z_\-@]{1,128}$/);
    expect(readCardTaskId(id)).toEqual({ campaignId: '42', attemptNo: 3 });
    expect(readCardTaskId('c42a3')).toBeUndefined();
  });
});
