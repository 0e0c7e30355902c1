import { buildWecomPush, type WecomPushAccount } from '../push/wecom-push';
import type { ObservedMessage } from '../world/observation';
import type { WecomState } from './wecom-emulator';

export interface CardAnswer {
  /** Button key, for a card with buttons. */
  readonly buttonKey?: string;
  readonly selected: readonly { readonly key: string; readonly optionIds: readonly string[] }[];
}

const CARD_TYPES = {
  vote: 'vote_interaction',
  multiple: 'multiple_interaction',
  button: 'button_interaction',
  notice: 'text_notice',
} as const;

/** Where the callbacks of a corp go: joined corps use the app of the city's corp, so its token and key, with their own corp id. */
export function pushAccountOf(state: WecomState, corpId: string): WecomPushAccount {
  const { token, encodingAesKey } = state.world.accounts.wecom;
  const corp = state.corps.find((candidate) => candidate.corpId === corpId) ?? state.world.accounts.wecom;
  return { name: state.world.accountName, corpId: corp.corpId, agentId: corp.agentId, token, encodingAesKey };
}

/** Why a person cannot answer so, or null and the callback is under way. A card that was answered stays answered. */
export function answerCard(state: WecomState, message: ObservedMessage, answer: CardAnswer): string | null {
  const { card, cardState } = message;
  if (!card || !cardState || card.type === 'notice') return '这条消息不是可以作答的卡片';
  if (cardState.state !== 'open') return '这张卡片已经提交过';
  const problem = problemOf(message, answer);
  if (problem) return problem;
  cardState.state = 'answered';
  cardState.selected = answer.selected;
  cardState.note = card.type === 'button' ? (card.buttons.find((button) => button.key === answer.buttonKey)?.text ?? '') : '';
  state.world.observation.touched();
  pushAnswer(state, message, answer);
  return null;
}

function problemOf(message: ObservedMessage, answer: CardAnswer): string | null {
  const { card } = message;
  if (!card) return '没有卡片';
  if (card.type === 'button') return card.buttons.some((button) => button.key === answer.buttonKey) ? null : '没有这个按钮';
  for (const question of card.questions) {
    const chosen = answer.selected.find((entry) => entry.key === question.key)?.optionIds ?? [];
    if (chosen.length === 0) return `请先选择${question.title ? `“${question.title}”` : '一项'}`;
    if (question.mode === 'single' && chosen.length > 1) return '这一题只能选一项';
    if (chosen.some((id) => !question.options.some((option) => option.id === id))) return '没有这个选项';
  }
  return null;
}

function pushAnswer(state: WecomState, message: ObservedMessage, answer: CardAnswer): void {
  const { world } = state;
  const account = pushAccountOf(state, message.corpId ?? '');
  const card = message.card;
  if (!card) return;
  const grant = { corpId: account.corpId, agentId: account.agentId, messageId: message.messageId, userId: message.recipient };
  const responseCode = state.responseCodes.issue(grant, world.clock.ms());
  const createdAtSec = world.clock.sec();
  const selected = answer.selected.map(({ key, optionIds }) => ({ QuestionKey: key, OptionIds: { OptionId: [...optionIds] } }));
  const event = {
    ToUserName: account.corpId,
    FromUserName: message.recipient,
    CreateTime: createdAtSec,
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: card.type === 'button' ? (answer.buttonKey ?? '') : card.submitKey,
    TaskId: card.taskId,
    CardType: CARD_TYPES[card.type],
    ResponseCode: responseCode,
    AgentID: account.agentId,
    ...(card.type === 'button' ? {} : { SelectedItems: { SelectedItem: selected } }),
  };
  world.pushes.enqueue({
    platform: 'wecom',
    action: 'push.card-answer',
    subject: message.recipient,
    build: () => buildWecomPush(account, event, world.clock.sec()),
  });
}
