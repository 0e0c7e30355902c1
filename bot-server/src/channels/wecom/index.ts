import type { Clock } from '@suiban/shared/time';
import type { WecomAccount } from '../../config/config';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { AccessTokens } from '../access-tokens';
import type { Call, CallContent, Channel, ChannelLimits, Recipient, SendResult } from '../channel';
import { allRefused, allUnknown, type PlatformAnswer } from '../platform-answer';
import { PlatformError } from '../platform-error';
import { check } from './check';
import { codeOf, type WecomApp, type WecomClient, wecomClient } from './client';
import { decode } from './decode';
import { encodeCall, encodeCardUpdate, targetOf, userIdOf, type WecomTarget } from './encode';
import { explain } from './errors';
import { maxDuplicateCheckSec, wecomLimits } from './limits';
import { verify } from './verify';

/**
 * WeCom: app messages to members of the own corp and of joined corps, each under that corp's own app and token. The platform
 * swallows a byte-identical request inside `duplicateCheckSec`, so a call may be repeated after a crash.
 */
export function wecomChannel(
  account: WecomAccount,
  deps: { outbound: Outbound; tokens: AccessTokens; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const duplicateCheckSec = Math.min(account.duplicateCheckSec, maxDuplicateCheckSec);
  const client = wecomClient(deps.outbound.platform(account.baseUrl), deps.tokens);
  const own = { corpId: account.corpId, agentId: account.agentId, secret: account.secret };
  const apps = [own, ...account.linkedCorps];
  const appOf = (corpId: string, agentId?: number): WecomApp | undefined =>
    apps.find((app) => app.corpId === corpId && (agentId === undefined || app.agentId === agentId));
  const verified = verify(
    {
      token: account.callbackToken,
      encodingAesKey: account.encodingAesKey,
      corpIds: [own.corpId, ...account.linkedCorps.map(({ corpId }) => corpId)],
    },
    deps.clock,
  );
  return {
    kind: 'wecom',
    account: options.name ?? 'default',
    limits: { ...wecomLimits, ...options.limits },
    receipts: false,
    dedupe: { by: 'request', windowSec: duplicateCheckSec },
    check,
    explain,
    plan: (recipients, content) => planCalls(recipients, content, own),
    async sendCall(call, signal) {
      const first = call.recipients[0];
      const target = first && targetOf(first.address, own);
      const app = target && appOf(target.corpId, target.agentId);
      if (!target || !app) return allRefused(call.recipients, { class: 'permanent', code: 'not-linked' });
      const answer = await client.post(app, '/cgi-bin/message/send', encodeCall(call, target, duplicateCheckSec), signal);
      return resultsOf(call.recipients, answer);
    },
    async receive(push) {
      const message = verified(push);
      // The answer to the URL check is the plaintext itself, without quotes or a line end.
      return push.method === 'GET' ? { kind: 'echo', answer: message.text } : decode(message);
    },
    cards: { update: (card) => updateCard(client, appOf(card.corpId), card) },
  };
}

async function updateCard(
  client: WecomClient,
  app: WecomApp | undefined,
  card: { userId: string; responseCode: string; text: string },
): Promise<void> {
  if (!app) throw new PlatformError('wecom', 'not-linked', 'permanent');
  const answer = await client.post(
    app,
    '/cgi-bin/message/update_template_card',
    encodeCardUpdate(card.userId, app.agentId, card.responseCode, card.text),
  );
  if (answer.kind !== 'answer') throw new PlatformError('wecom', answer.code, 'transient');
  const code = codeOf(answer.body);
  if (code !== '0') throw new PlatformError('wecom', code, explain(code).class);
}

/** A textcard carries one person's link: one call each. Cards are the same for all: one call per corp, up to the limit. */
function planCalls(recipients: readonly Recipient[], content: CallContent, own: WecomTarget): readonly Call[] {
  if (content.body.channel !== 'wecom' || content.body.form !== 'card')
    return recipients.map((recipient) => ({ recipients: [recipient], content }));
  const byTarget = new Map<string, Recipient[]>();
  for (const recipient of recipients) {
    const target = targetOf(recipient.address, own);
    const name = target ? `${target.corpId}/${target.agentId}` : '';
    const group = byTarget.get(name);
    if (group) group.push(recipient);
    else byTarget.set(name, [recipient]);
  }
  return [...byTarget.values()].flatMap((group) =>
    chunksOf(group, wecomLimits.recipientsPerCall).map((chunk) => ({ recipients: chunk, content })),
  );
}

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += size) chunks.push(list.slice(at, at + size));
  return chunks;
}

function resultsOf(recipients: readonly Recipient[], answer: PlatformAnswer): readonly SendResult[] {
  if (answer.kind === 'not-sent') return allRefused(recipients, { class: 'transient', code: answer.code });
  if (answer.kind === 'unclear') return allUnknown(recipients, answer.code);
  if (answer.status !== 200)
    return allRefused(recipients, { class: answer.status === 429 ? 'quota' : 'auth', code: `http-${answer.status}` });
  const code = codeOf(answer.body);
  if (code !== '0') {
    const known = explain(code).class;
    if (known === 'unknown') return allUnknown(recipients, code);
    return allRefused(recipients, { class: known, code, ...(known === 'quota' ? { retryAfterMs: 60_000 } : {}) });
  }
  const invalid = namesIn(answer.body.invaliduser);
  const unlicensed = namesIn(answer.body.unlicenseduser);
  const platformId = typeof answer.body.msgid === 'string' ? answer.body.msgid : '';
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
