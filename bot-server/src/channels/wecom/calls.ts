import type { Call, CallContent, Recipient, SendResult } from '../channel';
import { targetOf, userIdOf, type WecomTarget } from './encode';
import { wecomLimits } from './limits';

/**
 * A textcard carries one person's link, and so does a message to a customer: one call each. Cards are the same for all: one call
 * per corp, up to the limit. Without a link a message to customers is one task per member of staff.
 */
export function planCalls(recipients: readonly Recipient[], content: CallContent, own: WecomTarget): readonly Call[] {
  const groupOf = groupingOf(content, own);
  const groups = new Map<string, Recipient[]>();
  for (const [index, recipient] of recipients.entries()) {
    const name = groupOf(recipient) ?? `alone-${index}`;
    const group = groups.get(name);
    if (group) group.push(recipient);
    else groups.set(name, [recipient]);
  }
  return [...groups.values()].flatMap((group) =>
    chunksOf(group, wecomLimits.recipientsPerCall).map((chunk) => ({ recipients: chunk, content })),
  );
}

/** Recipients of one name share a call; undefined: a call of its own. */
function groupingOf({ body }: CallContent, own: WecomTarget): (recipient: Recipient) => string | undefined {
  if (body.channel !== 'wecom' || body.form === 'textcard') return () => undefined;
  if (body.form === 'contact') {
    return ({ address, link }) => (address.type === 'wecom-contact' && link === '' ? `staff/${address.staffUserId}` : undefined);
  }
  return ({ address }) => {
    const target = targetOf(address, own);
    return target && `${target.corpId}/${target.agentId}`;
  };
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}

/** Of `message/send`: partly invalid still sends, and names those it did not reach. */
export function memberResults(recipients: readonly Recipient[], body: Readonly<Record<string, unknown>>): readonly SendResult[] {
  const invalid = namesIn(body.invaliduser);
  const unlicensed = namesIn(body.unlicenseduser);
  const platformId = typeof body.msgid === 'string' ? body.msgid : '';
  return recipients.map(({ ref, address }) => {
    // The platform answers userids in lower case.
    const name = userIdOf(address).toLowerCase();
    if (invalid.has(name)) return { ref, outcome: 'refused', class: 'permanent', code: '60111' };
    if (unlicensed.has(name)) return { ref, outcome: 'refused', class: 'permanent', code: 'unlicensed' };
    return { ref, outcome: 'accepted', platformId };
  });
}

const namesIn = (list: unknown): ReadonlySet<string> =>
  new Set(typeof list === 'string' ? list.toLowerCase().split('|').filter(Boolean) : []);
