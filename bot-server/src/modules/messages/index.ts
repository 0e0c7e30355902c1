import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import { permissions } from './messages.policy';
import { insertCampaignMessages, insertMessage, type NewCampaignMessages } from './messages.repo';
import { messageRoutes } from './messages.routes';

/** The mini-program's message centre. Emits `messages.read` {campaignId, enterpriseId}. */
export const messagesModule = (deps: Deps): Module => ({ name: 'messages', routes: messageRoutes(deps), permissions });

/** Writes a campaign's message to every firm of its frozen audience that is not suppressed. Idempotent. Returns how many were new. */
export const insertForCampaign = (tx: Tx, message: NewCampaignMessages): Promise<number> => insertCampaignMessages(tx, message);

/** A message to one firm (group 服务): `link` is a page of the mini-program, `reason` tells why it came. */
export const notifyEnterprise = (
  tx: Tx,
  message: { readonly enterpriseId: string; readonly title: string; readonly body: string; readonly link: string; readonly reason: string },
): Promise<{ id: string }> => insertMessage(tx, { ...message, summary: [...message.body].slice(0, 100).join('') });
