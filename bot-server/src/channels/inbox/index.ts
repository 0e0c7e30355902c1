import type { Channel, ChannelBody } from '../channel';
import type { Problem } from '../content';

const limits = { titleLength: 60, summaryLength: 200 } as const;

/**
 * The mini-program's own message centre. Messages are rows written at launch: there is no attempt, and nothing here counts
 * as accepted; so a call that reaches this channel is a fault of the plan and is refused.
 */
export function inboxChannel(): Channel {
  return {
    kind: 'inbox',
    account: 'default',
    limits: { recipientsPerCall: 1, recipientsPerSec: 100_000, perPersonPerMin: 100_000 },
    receipts: false,
    dedupe: 'none',
    check,
    plan: () => [],
    sendCall: async (call) =>
      call.recipients.map(({ ref }) => ({ ref, outcome: 'refused', class: 'permanent', code: 'written-at-launch' })),
  };
}

function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'inbox') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  const problems: Problem[] = [];
  if (body.title.trim() === '') problems.push({ field: 'title', rule: 'required', detail: '站内消息缺少标题' });
  if ([...body.title].length > limits.titleLength) {
    problems.push({ field: 'title', rule: 'length', detail: `站内消息标题至多 ${limits.titleLength} 字` });
  }
  if ([...body.summary].length > limits.summaryLength) {
    problems.push({ field: 'summary', rule: 'length', detail: `站内消息摘要至多 ${limits.summaryLength} 字` });
  }
  return problems;
}
