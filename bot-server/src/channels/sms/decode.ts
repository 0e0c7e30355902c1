import type { Inbound } from '../channel';
import { parsePush, textOf } from '../push-body';
import { malformed } from '../push-guard';
import type { VerifiedPush } from './verify';

/** One receipt; a later state of the same message is a message of its own. */
export function decode(push: VerifiedPush): Inbound {
  const root = parsePush(push.text);
  const platformId = textOf(root, 'messageId');
  const result = textOf(root, 'result');
  const code = textOf(root, 'code');
  if (platformId === '' || (result !== 'delivered' && result !== 'failed')) return malformed('状态报告缺少 messageId 或 result');
  const reference = textOf(root, 'reference');
  return {
    kind: 'message',
    messageKey: `r:${platformId}:${code}`.slice(0, 200),
    event: { type: 'receipt', platformId, result, code, ...(reference ? { reference } : {}) },
    nonce: push.nonce,
    answer: '{"code":"OK"}',
  };
}
