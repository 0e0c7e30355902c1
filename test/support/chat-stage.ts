import type { Channel, ErrorClass } from '../../bot-server/src/channels/channel';
import type { Chat, ChatAct, ChatMenuItem, ChatPeer, ChatReply } from '../../bot-server/src/channels/chat';
import { PlatformError } from '../../bot-server/src/channels/platform-error';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { refuseInsideTransaction } from '../../bot-server/src/kernel/db/transaction-scope';
import { conversationsModule } from '../../bot-server/src/modules/conversations';
import type { Intent } from '../../bot-server/src/modules/intent';
import { messagesModule } from '../../bot-server/src/modules/messages';
import type { Deps, Module } from '../../bot-server/src/modules/module';
import { questionnairesModule } from '../../bot-server/src/modules/questionnaires';
import { surveysModule } from '../../bot-server/src/modules/surveys';
import { workOrdersModule, workOrdersOf } from '../../bot-server/src/modules/work-orders';
import { startApp, type TestApp } from './app';
import { type TestDeps, testDeps } from './deps';

export interface Said {
  readonly to: string;
  readonly reply: ChatReply;
  readonly ref: string;
}

/** A platform with a chat: keeps what it was told to say, and says no when told to. */
export interface FakeChat {
  readonly channel: Channel;
  readonly said: Said[];
  readonly menus: (readonly ChatMenuItem[])[];
  /** What the platform answers from now on; undefined: yes. */
  answer: PlatformError | undefined;
  /** The menu, too. */
  menuAnswer: PlatformError | undefined;
  /** Between taking a message and answering. */
  pause: () => Promise<void>;
}

export function fakeChat(kind: 'wechat-official' | 'wecom'): FakeChat {
  const state: Omit<FakeChat, 'channel'> = { said: [], menus: [], answer: undefined, menuAnswer: undefined, pause: async () => undefined };
  const chat: Chat = {
    menuLimits: { top: 3, below: 5, labelCharacters: 4 },
    async say(peer: ChatPeer, reply: ChatReply, ref: string) {
      refuseInsideTransaction('a call to the platform');
      const { answer } = state;
      await state.pause();
      if (answer) throw answer;
      state.said.push({ to: peer.userId, reply, ref });
    },
    async setMenu(items) {
      if (state.menuAnswer) throw state.menuAnswer;
      state.menus.push(items);
    },
  };
  return Object.assign(state, { channel: { kind, account: 'default', chat, explain: undefined } as unknown as Channel });
}

export const refusal = (code: string, errorClass: ErrorClass = 'permanent'): PlatformError =>
  new PlatformError('wechat-official', code, errorClass);

export interface ChatStage {
  readonly deps: TestDeps;
  readonly app: TestApp;
  readonly official: FakeChat;
  readonly wecom: FakeChat;
  readonly modules: readonly Module[];
  readonly conversations: Module;
  /** Conversations of another process: new memory, the same database. */
  another(): Module;
  close(): Promise<void>;
}

/** Every module that people can write to, over fake chats, with the console's routes. `more` are intents of the test. */
export async function chatStage(more: readonly Intent[] = []): Promise<ChatStage> {
  const [official, wecom] = [fakeChat('wechat-official'), fakeChat('wecom')];
  const deps = await testDeps({ channels: channelRegistry([official.channel, wecom.channel]) });
  const modules: Module[] = [];
  const intents = () => [...modules.flatMap((module) => module.intents ?? []), ...more];
  const made = (given: Deps): Module[] => {
    modules.push(
      messagesModule(given),
      questionnairesModule(given),
      surveysModule(given, { workOrdersOf }),
      workOrdersModule(given),
      conversationsModule(given, { intents }),
    );
    return modules;
  };
  const app = await startApp(deps, made);
  const conversations = modules.find(({ name }) => name === 'conversations');
  if (!conversations) throw new Error('no conversations');
  await conversations.onStart?.();
  deps.tasks.forget();
  return {
    deps,
    app,
    official,
    wecom,
    modules,
    conversations,
    another: () => conversationsModule(deps, { intents }),
    close: () => app.close(),
  };
}

let pushes = 0;

/** A push of the platform: a new one each time. */
export function pushOf(userId: string, act: ChatAct | string, given: { source?: string; corpId?: string; messageKey?: string } = {}) {
  pushes += 1;
  const said: ChatAct = typeof act === 'string' ? { act: 'text', text: act } : act;
  const peer = { userId, ...(given.corpId === undefined ? {} : { corpId: given.corpId }) };
  return {
    source: given.source ?? (given.corpId === undefined ? 'wechat-official:default' : 'wecom:default'),
    messageKey: given.messageKey ?? `m${pushes}`,
    payload: { type: 'chat', peer, saidAt: '2026-06-01T00:00:00.000Z', ...said },
  };
}

/** Says it and hands back the words of every answer: the one inside the push first, then those said by messages. */
export async function converse(
  stage: ChatStage,
  chat: FakeChat,
  push: ReturnType<typeof pushOf>,
  module: Module = stage.conversations,
): Promise<ChatReply[]> {
  const before = chat.said.length;
  const passive = await module.replyNow?.(push, 5_000, (reply) => reply.form !== 'card');
  await module.onInbox?.chat?.(push);
  stage.deps.clock.advance(1_100);
  await stage.app.settle();
  return [...(passive ? [passive] : []), ...chat.said.slice(before).map(({ reply }) => reply)];
}

export const wordsOf = (replies: readonly ChatReply[]): string =>
  replies.map((reply) => (reply.form === 'text' ? reply.text : reply.title)).join('\n');
