import type { Intent } from '../intent';
import type { Deps, Module } from '../module';
import { permissions } from './conversations.policy';
import { conversationRoutes } from './conversations.routes';
import { seedCanned } from './desk/canned.repo';
import { cannedSeeds } from './desk/seeds';
import { idleTask } from './idle';
import { helpIntent, operatorIntent, ownIntents } from './intents';
import { cutter } from './matching/cutter';
import { type Matcher, matcher } from './matching/matcher';
import { type ChatWords, loadChatWords } from './matching/words';
import { menuTask } from './menus';
import { noticeTask } from './notice';
import type { Kit } from './turn/engine';
import { chatHandler, replyNow } from './turn/passive';
import { sayDue, sayQueue } from './turn/say';

export interface ConversationPorts {
  /** What modules registered, in the order of menus; asked at request time. Contains this module's own. */
  intents(): readonly Intent[];
}

/** Made once: reading the words is a file, the terms of the matcher are worked out from the intents. */
function kitOf(deps: Deps, { intents }: ConversationPorts): Kit {
  let words: ChatWords | undefined;
  let made: Matcher | undefined;
  const wordsOf = (): ChatWords => {
    words ??= loadChatWords();
    return words;
  };
  return {
    deps,
    intents,
    words: wordsOf,
    matcher: () => {
      made ??= matcher(intents(), wordsOf(), cutter);
      return made;
    },
    operator: operatorIntent,
    help: helpIntent,
  };
}

/**
 * Conversations with people who write to the service account or the WeCom application: turns of intents that modules register, and operators
 * who take over. Every push is worked once; its first answer goes inside the push's own response when it is ready in time, else by a message.
 */
export const conversationsModule = (deps: Deps, ports: ConversationPorts): Module => {
  const kit = kitOf(deps, ports);
  return {
    name: 'conversations',
    routes: conversationRoutes({ deps, intents: ports.intents }),
    permissions,
    intents: ownIntents(deps, ports.intents),
    replyNow: replyNow(kit),
    onInbox: { chat: chatHandler(kit) },
    tasks: [
      { queue: sayQueue, everyMs: 5_000, handle: async (_payload, { signal }) => void (await sayDue(deps, signal)) },
      menuTask(deps, ports.intents),
      idleTask(deps),
      noticeTask(deps),
    ],
    onStart: async () => {
      cutter();
      await seedCanned(
        deps.db,
        deps.city.bureaus.map(({ id }) => id),
        cannedSeeds,
        deps.clock.now(),
      );
    },
  };
};
