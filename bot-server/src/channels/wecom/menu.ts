import type { ChatMenuItem } from '../chat';
import { buttonsOf } from '../chat-menu';
import type { WecomApp, WecomClient } from './client';
import { menuLimits } from './limits';

/**
 * Replaces the menu of the app in every corp. All are tried: one corp's refusal keeps nobody else's menu back, and is thrown at the end.
 * @see https://developer.work.weixin.qq.com/document/path/90231 (read 2026-11)
 */
export async function setMenu(client: WecomClient, apps: readonly WecomApp[], items: readonly ChatMenuItem[]): Promise<void> {
  const body = JSON.stringify({ button: buttonsOf(items, menuLimits) });
  let failure: unknown;
  for (const app of apps) {
    try {
      await client.demand(app, { path: '/cgi-bin/menu/create', query: { agentid: app.agentId }, body });
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
}
