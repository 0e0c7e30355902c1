import { createHash } from 'node:crypto';
import type { Channel } from '../../channels/channel';
import type { Chat, ChatMenuItem } from '../../channels/chat';
import { PlatformError } from '../../channels/platform-error';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Intent } from '../intent';
import type { Deps } from '../module';
import { findMenu, saveMenu } from './menus.repo';

const everyMs = 60_000;
/** After a refusal. */
const tryAgainMs = 3_600_000;
const moreLabel = '更多服务';

type Limits = Chat['menuLimits'];

const labelOf = ({ label }: Intent, { labelCharacters }: Limits): string => [...label.zh].slice(0, labelCharacters).join('');

/** The intents in their order; what does not fit at the top goes below a last entry, as far as there is room. */
export function menuOf(intents: readonly Intent[], limits: Limits): readonly ChatMenuItem[] {
  const items = intents.map((intent) => ({ label: labelOf(intent, limits), key: intent.name }));
  if (items.length <= limits.top) return items;
  const atTop = items.slice(0, limits.top - 1);
  return [
    ...atTop,
    { label: [...moreLabel].slice(0, limits.labelCharacters).join(''), items: items.slice(atTop.length, atTop.length + limits.below) },
  ];
}

async function keepMenu(deps: Deps, channel: Channel & { chat: Chat }, intents: readonly Intent[], isFirst: boolean): Promise<void> {
  const { db, clock, log } = deps;
  const { kind, account, chat } = channel;
  const items = menuOf(intents, chat.menuLimits);
  const hash = createHash('sha256').update(JSON.stringify(items)).digest('hex');
  const known = await findMenu(db, kind, account);
  const now = clock.now();
  const isKnown = known?.hash === hash && (known.failureCode === null ? !isFirst : now.getTime() - known.triedAt.getTime() < tryAgainMs);
  if (isKnown) return;
  let failureCode: string | null = null;
  try {
    await chat.setMenu(items);
  } catch (error) {
    failureCode = error instanceof PlatformError ? error.code : 'broken';
    log.warn({ err: error, channel: kind, account }, 'the menu of a chat was not taken');
  }
  await saveMenu(db, { channel: kind, account, hash, failureCode, now });
}

/** Keeps the menus of the accounts as the intents are. The sandbox forgets with its process, so there the first look sets it anyway. */
export function menuTask(deps: Deps, intents: () => readonly Intent[]): TaskDefinition {
  const seen = new Set<string>();
  return {
    queue: 'conversations-menus',
    everyMs,
    runsAtStart: true,
    async handle() {
      for (const channel of deps.channels.list()) {
        const { chat, kind } = channel;
        if (!chat) continue;
        const mode = kind === 'wecom' ? deps.config.platforms.wecom : deps.config.platforms.wechatOfficial;
        const name = `${kind}:${channel.account}`;
        await keepMenu(deps, { ...channel, chat }, intents(), mode === 'sandbox' && !seen.has(name));
        seen.add(name);
      }
    },
  };
}
