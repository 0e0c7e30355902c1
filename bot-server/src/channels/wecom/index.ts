import type { Clock } from '@suiban/shared/time';
import type { WecomAccount } from '../../config/accounts';
import type { Outbound } from '../../kernel/outbound/outbound';
import type { AccessTokens } from '../access-tokens';
import type { Call, Channel, ChannelLimits, Inbound, RawPush, SendResult } from '../channel';
import { failuresOf } from '../errcode-answer';
import { messageCrypt } from '../message-crypt';
import type { AnswerSeal } from '../passive-answer';
import { allRefused } from '../platform-answer';
import { PlatformError } from '../platform-error';
import { memberResults, planCalls } from './calls';
import { wecomChat } from './chat';
import { check } from './check';
import { type WecomApp, type WecomClient, wecomClient } from './client';
import { sendToContacts, staffResults } from './contacts';
import { decode } from './decode';
import { encodeCall, encodeCardUpdate, targetOf, userIdOf } from './encode';
import { explain, wecom } from './errors';
import { maxDuplicateCheckSec, wecomLimits } from './limits';
import { type PersonWindow, personWindow } from './person-window';
import { groupRobot } from './robot';
import { authorizeUrl, signIn } from './sign-in';
import { verify } from './verify';

interface ChannelParts {
  readonly client: WecomClient;
  /** The own corp's app first. */
  readonly apps: readonly [WecomApp, ...WecomApp[]];
  readonly window: PersonWindow;
  readonly clock: Clock;
  readonly duplicateCheckSec: number;
}

/**
 * WeCom: app messages and conversations with members of the own corp and of joined corps, each under that corp's own app and token,
 * and messages to the members' customers, which the member confirms. The platform swallows a byte-identical app message inside
 * `duplicateCheckSec`, so such a call may be repeated after a crash; a message to customers may not.
 */
export function wecomChannel(
  account: WecomAccount,
  deps: { outbound: Outbound; tokens: AccessTokens; clock: Clock },
  options: { name?: string; limits?: Partial<ChannelLimits> } = {},
): Channel {
  const limits = { ...wecomLimits, ...options.limits };
  const name = options.name ?? 'default';
  const own = { corpId: account.corpId, agentId: account.agentId, secret: account.secret };
  const platform = deps.outbound.platform(account.baseUrl);
  const parts: ChannelParts = {
    client: wecomClient(platform, deps.tokens),
    apps: [own, ...account.linkedCorps],
    window: personWindow(limits.perPersonPerMin),
    clock: deps.clock,
    duplicateCheckSec: Math.min(account.duplicateCheckSec, maxDuplicateCheckSec),
  };
  const { client, apps } = parts;
  return {
    kind: 'wecom',
    account: name,
    limits,
    receipts: false,
    dedupe: { by: 'request', windowSec: parts.duplicateCheckSec },
    dedupeOf: (body) =>
      body.channel === 'wecom' && body.form === 'contact' ? 'none' : { by: 'request', windowSec: parts.duplicateCheckSec },
    check,
    explain,
    plan: (recipients, content) => planCalls(recipients, content, own),
    sendCall: (call, signal) => sendCall(parts, call, signal),
    receiver: { source: 'wecom', account: name, receive: receiverOf(account, deps.clock) },
    cards: { update: (card) => updateCard(parts, card) },
    chat: wecomChat(parts),
    signIn: (code) => signIn(client, apps, code),
    authorizeUrl: (redirectUri, state, corpId) =>
      authorizeUrl(account.authorizeUrl, apps.find((app) => app.corpId === corpId) ?? own, redirectUri, state),
    ...(account.robotKey === null ? {} : { groupNotice: groupRobot(platform, account.robotKey, deps.clock) }),
    staffResults: (platformId) => staffResults(client, own, platformId),
  };
}

const appOf = (parts: ChannelParts, corpId: string, agentId?: number): WecomApp | undefined =>
  parts.apps.find((app) => app.corpId === corpId && (agentId === undefined || app.agentId === agentId));

async function sendCall(parts: ChannelParts, call: Call, signal: AbortSignal): Promise<readonly SendResult[]> {
  const { client, apps, window, clock, duplicateCheckSec } = parts;
  const { body } = call.content;
  if (body.channel === 'wecom' && body.form === 'contact') return sendToContacts(client, apps[0], call, signal);
  const first = call.recipients[0];
  if (first?.address.type === 'wecom-contact') return allRefused(call.recipients, { class: 'permanent', code: 'not-member' });
  const target = first && targetOf(first.address, apps[0]);
  const app = target && appOf(parts, target.corpId, target.agentId);
  if (!target || !app) return allRefused(call.recipients, { class: 'permanent', code: 'not-linked' });
  const answer = await client.call(app, { path: '/cgi-bin/message/send', body: encodeCall(call, target, duplicateCheckSec), signal });
  const failure = failuresOf(wecom, call.recipients, answer);
  if (failure || answer.kind !== 'answer') return failure ?? [];
  const nowMs = clock.now().getTime();
  for (const { address } of call.recipients) window.count(app.corpId, userIdOf(address), nowMs);
  return memberResults(call.recipients, answer.body);
}

/** Pushes of joined corps come with the same token and key, and their own corp id as the receiver. */
function receiverOf(account: WecomAccount, clock: Clock): (push: RawPush) => Promise<Inbound> {
  const { callbackToken: token, encodingAesKey } = account;
  const corpIds: readonly [string, ...string[]] = [account.corpId, ...account.linkedCorps.map(({ corpId }) => corpId)];
  const verified = verify({ token, encodingAesKey, corpIds }, clock);
  const sealOf = (corpId: string): AnswerSeal | undefined =>
    corpIds.includes(corpId) ? { encrypt: messageCrypt(encodingAesKey, [corpId]).encrypt, token } : undefined;
  const nowSec = (): number => Math.floor(clock.now().getTime() / 1000);
  return async (push) => {
    const message = verified(push);
    // The answer to the URL check is the plaintext itself, without quotes or a line end.
    return push.method === 'GET' ? { kind: 'echo', answer: message.text } : decode(message, { sealOf, nowSec });
  };
}

async function updateCard(
  parts: ChannelParts,
  card: { userId: string; responseCode: string; corpId: string; text: string },
): Promise<void> {
  const app = appOf(parts, card.corpId);
  if (!app) throw new PlatformError('wecom', 'not-linked', 'permanent');
  const body = encodeCardUpdate(card.userId, app.agentId, card.responseCode, card.text);
  await parts.client.demand(app, { path: '/cgi-bin/message/update_template_card', body });
}
