import { encodeCall } from '../../../bot-server/src/channels/sms/encode';
import { bodies, mobileOf } from '../../../test/support/bodies';

/** The very bytes our SMS channel sends to recipient `seq`: every sender of the bench sends the same. */
export const messageFor = (seq: number): string =>
  encodeCall({
    recipients: [
      {
        ref: String(seq),
        address: { type: 'mobile', account: 'default', mobile: mobileOf(seq) },
        link: `http://localhost:3000/s/1-${seq.toString(36)}-1-0123456789ab`,
      },
    ],
    content: { attemptKey: 'c1a1', body: bodies.sms },
  });
