import { bodies, mobileOf } from '../../support/bodies';
import type { Subject } from '../subjects/subject';
import { toyChannel } from './toy-channel';

export const toy: Subject = {
  kind: 'sms',
  make: (deps) => toyChannel(deps.config.accounts.sms, deps),
  body: bodies.sms,
  broken: [['text', { channel: 'sms', signName: '随办', text: '' }]],
  sending: {
    platform: 'sms',
    address: (n) => ({ type: 'mobile', account: 'default', mobile: mobileOf(n) }),
    stranger: { address: { type: 'mobile', account: 'default', mobile: '13800000404' }, code: 'BLACKLISTED' },
    quotaCode: 'QUOTA_EXHAUSTED',
    codes: [
      ['BUSY', 'transient'],
      ['INVALID_KEY', 'auth'],
    ],
  },
};
