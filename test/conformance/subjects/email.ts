import type { ChannelBody } from '../../../bot-server/src/channels/channel';
import { emailChannel } from '../../../bot-server/src/channels/email';
import type { Subject } from './subject';

const body = {
  channel: 'email',
  subject: '餐饮企业服务问卷',
  text: '您好，请在 11 月 27 日前填写餐饮企业服务问卷（8 题，约 3 分钟）：\n{link}\n\n咨询电话 12345',
} as const satisfies ChannelBody;

export const email: Subject = {
  kind: 'email',
  make: ({ config, clock, timeoutMs }) => emailChannel(config.accounts.email, { clock }, timeoutMs === undefined ? {} : { timeoutMs }),
  body,
  broken: [
    ['subject', { ...body, subject: ' ' }],
    ['subject', { ...body, subject: '长'.repeat(201) }],
    ['subject', { ...body, subject: '问卷\r\nBcc: somebody@city.example' }],
    ['text', { ...body, text: '{link}' }],
    ['text', { ...body, text: '长'.repeat(20_001) }],
    ['text', { ...body, text: '您好\u0000' }],
  ],
  sending: {
    platform: 'email',
    address: (n) => ({ type: 'email', account: 'default', email: `agent${n}@firm.example` }),
    stranger: { address: { type: 'email', account: 'default', email: 'gone0404@firm.example' }, code: '550' },
    quotaCode: '452',
    codes: [
      ['421', 'transient'],
      ['450', 'transient'],
      ['451', 'transient'],
      ['452', 'quota'],
      ['454', 'auth'],
      ['550', 'permanent'],
      ['552', 'permanent'],
      ['554', 'permanent'],
    ],
    brokenCode: 'broken',
  },
};
