import { inboxChannel } from '../../../bot-server/src/channels/inbox';
import type { Subject } from './subject';

const body = { channel: 'inbox', title: '餐饮企业服务问卷', summary: '8 题，约 3 分钟' } as const;

/** Rows of our own: nothing is sent, nothing is pushed. */
export const inbox: Subject = {
  kind: 'inbox',
  make: () => inboxChannel(),
  body,
  broken: [
    ['title', { ...body, title: ' ' }],
    ['title', { ...body, title: '长'.repeat(61) }],
    ['summary', { ...body, summary: '长'.repeat(201) }],
  ],
};
