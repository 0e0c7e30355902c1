import type { ConversationMessage, ConversationSummary } from '@suiban/shared/api/conversations';
import type { FieldSealer } from '../../../kernel/crypto/field-sealer';
import type { OfficialActor } from '../../../kernel/http/actor';
import type { Intent } from '../../intent';
import type { Deps } from '../../module';
import { messageInWords } from '../bodies';
import { unconfirmed } from '../conversations.policy';
import type { ConversationRow } from '../conversations.repo';
import type { MessageRow } from '../messages.repo';
import type { QueuedRow } from './queue.repo';

/** What the pages need besides the rows. */
export interface Desk {
  readonly deps: Deps;
  readonly intents: () => readonly Intent[];
}

type Names = ReadonlyMap<string, string>;

/** Tells conversations apart without naming anybody. */
const peerLabel = ({ id }: Pick<ConversationRow, 'id'>): string => `访客 ${id.replaceAll('-', '').slice(-4).toUpperCase()}`;

export const bureauName = ({ city }: Pick<Deps, 'city'>, id: string): string => city.bureaus.find((bureau) => bureau.id === id)?.name ?? id;

const listedCharacters = 60;

function lastOf(sealer: FieldSealer, message: MessageRow | undefined, intents: readonly Intent[]): ConversationSummary['lastMessage'] {
  if (!message) return null;
  const line = [...messageInWords(sealer, message, intents).replaceAll(/\s+/g, ' ')];
  const text = line.length > listedCharacters ? `${line.slice(0, listedCharacters - 1).join('')}…` : line.join('');
  return { at: message.at.toISOString(), direction: message.direction, text };
}

export function summaryOf(
  { deps, intents }: Desk,
  actor: OfficialActor,
  row: QueuedRow,
  last: MessageRow | undefined,
  names: Names,
): ConversationSummary {
  return {
    id: row.id,
    channel: row.channel,
    peerLabel: peerLabel(row),
    enterpriseId: row.enterpriseId,
    enterpriseName: row.enterpriseName,
    districtCode: row.districtCode,
    state: row.state,
    bureauId: row.bureauId,
    bureauName: bureauName(deps, row.bureauId),
    operatorId: row.operatorId,
    operatorName: row.operatorId === null ? null : (names.get(row.operatorId) ?? null),
    isMine: row.operatorId === actor.id,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    unanswered: row.unanswered,
    lastMessage: lastOf(deps.sealer, last, intents()),
    answerableUntil: row.answerableUntil?.toISOString() ?? null,
    isDemo: row.isDemo,
    revision: row.revision,
  };
}

/** Why nothing can be sent at present, in words; null: it can. */
export function cannotAnswer({ channels, clock }: Pick<Deps, 'channels' | 'clock'>, row: ConversationRow): string | null {
  if (!channels.find(row.channel, row.account)?.chat) return '这个渠道的账号已停用，请改用电话等方式联系';
  if (row.answerableUntil !== null && row.answerableUntil <= clock.now()) {
    return '对方超过 48 小时没有发消息，平台不允许主动发送，请等对方再次留言，或改用电话联系';
  }
  return null;
}

/** The platform's own words never reach the screen. */
function failureOf(
  { channels }: Deps,
  row: Pick<ConversationRow, 'channel' | 'account'>,
  { state, failureCode }: MessageRow,
): string | null {
  if (state !== 'failed' || failureCode === null) return null;
  if (failureCode === unconfirmed) return '不确定对方是否收到，请先看对方有没有回应，再决定是否重发';
  if (failureCode === '45015') return '对方超过 48 小时没有发消息，平台不允许主动发送';
  if (failureCode === '45047') return '对方上次留言后已连发 5 条，要等对方再说话才能继续发';
  const explained = channels.find(row.channel, row.account)?.explain?.(failureCode);
  return explained ? `${explained.meaning.zh}。${explained.whatToDo.zh}` : '没有发出去，请稍后重发';
}

const stateOf = ({ direction, state }: MessageRow): ConversationMessage['state'] => {
  if (direction === 'in') return 'received';
  return state === 'passive' || state === 'sent' || state === 'failed' ? state : 'waiting';
};

export const messageOf = (
  { deps, intents }: Desk,
  row: Pick<ConversationRow, 'channel' | 'account'>,
  message: MessageRow,
  names: Names,
): ConversationMessage => ({
  id: message.id,
  at: message.at.toISOString(),
  direction: message.direction,
  by: message.author,
  operatorName: message.operatorId === null ? null : (names.get(message.operatorId) ?? null),
  form: message.form,
  text: messageInWords(deps.sealer, message, intents()),
  state: stateOf(message),
  failure: failureOf(deps, row, message),
});
