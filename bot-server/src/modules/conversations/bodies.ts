import type { ChatAct, ChatReply } from '../../channels/chat';
import type { FieldSealer } from '../../kernel/crypto/field-sealer';
import type { Intent } from '../intent';
import type { MessageRow } from './messages.repo';
import { wordsOf } from './replies';
import type { Pending } from './turn/decide';

const bodyPurpose = 'chat_message.body';
const pendingPurpose = 'conversation.pending';

export const sealBody = (sealer: FieldSealer, said: ChatAct | ChatReply): string => sealer.seal(bodyPurpose, JSON.stringify(said));
export const openAct = (sealer: FieldSealer, row: Pick<MessageRow, 'bodySealed'>): ChatAct =>
  JSON.parse(sealer.open(bodyPurpose, row.bodySealed)) as ChatAct;
export const openReply = (sealer: FieldSealer, row: Pick<MessageRow, 'bodySealed'>): ChatReply =>
  JSON.parse(sealer.open(bodyPurpose, row.bodySealed)) as ChatReply;

export const sealPending = (sealer: FieldSealer, pending: Pending | null): string | null =>
  pending && sealer.seal(pendingPurpose, JSON.stringify(pending));
export const openPending = (sealer: FieldSealer, sealed: string | null): Pending | null =>
  sealed === null ? null : (JSON.parse(sealer.open(pendingPurpose, sealed)) as Pending);

export const formOfAct = ({ act }: ChatAct): MessageRow['form'] => (act === 'text' || act === 'media' ? act : 'event');

const mediaNames: Readonly<Record<string, string>> = {
  image: '图片',
  voice: '语音',
  video: '视频',
  shortvideo: '短视频',
  location: '位置',
  link: '链接',
  file: '文件',
};

function actInWords(act: ChatAct, intents: readonly Intent[]): string {
  switch (act.act) {
    case 'text':
      return act.text;
    case 'menu':
      return `[点菜单] ${intents.find(({ name }) => name === act.key)?.label.zh ?? '其他'}`;
    case 'follow':
      return '[进入会话]';
    case 'unfollow':
      return '[取消关注]';
    case 'scan':
      return '[扫码进入]';
    case 'media':
      return `[${mediaNames[act.kind] ?? '附件'}]`;
  }
}

/** A message in words, whatever its form. */
export const messageInWords = (sealer: FieldSealer, row: MessageRow, intents: readonly Intent[]): string =>
  row.direction === 'in' ? actInWords(openAct(sealer, row), intents) : wordsOf(openReply(sealer, row));
