import { ClockCircleOutlined, CustomerServiceOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@suiban/shared/api/conversations';
import { Badge } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../../i18n/language';
import { useTimeText } from '../../ui/time-text';
import { ChannelMark } from './channel-mark';
import { conversationWords } from './conversations.words';
import { useNow } from './use-now';

const minuteMs = 60_000;
/** Somebody who asked for a person is told by colour too after so long. */
const lateMs = 5 * minuteMs;

interface RowProps {
  conversation: ConversationSummary;
  isSelected: boolean;
  href: string;
}

export function QueueRow({ conversation, isSelected, href }: RowProps) {
  const w = useWords(conversationWords);
  const time = useTimeText();
  const { lastMessage } = conversation;
  return (
    <Link to={href} className={isSelected ? 'talk-row is-selected' : 'talk-row'} aria-current={isSelected ? 'true' : undefined}>
      <ChannelMark channel={conversation.channel} />
      <span className="talk-row-name">{conversation.enterpriseName ?? conversation.peerLabel}</span>
      <span className="talk-row-at">{lastMessage ? time.short(lastMessage.at) : ''}</span>
      <span className="talk-row-text">{lastMessage?.text || w('noMessage')}</span>
      {conversation.unanswered > 0 ? (
        <Badge count={conversation.unanswered} size="small" title={w('unanswered', { count: conversation.unanswered })} />
      ) : null}
      <span className="talk-row-state">
        <Standing conversation={conversation} />
      </span>
    </Link>
  );
}

/** How long it waits, or who has it; nothing for the automatic part. */
function Standing({ conversation }: { conversation: ConversationSummary }) {
  const w = useWords(conversationWords);
  const time = useTimeText();
  const now = useNow();
  if (conversation.state === 'waiting' && conversation.waitingSince) {
    const waitedMs = Math.max(0, now - Date.parse(conversation.waitingSince));
    return (
      <span className={waitedMs > lateMs ? 'is-late' : ''}>
        <ClockCircleOutlined aria-hidden="true" />{' '}
        {waitedMs < minuteMs ? w('waitedLittle') : w('waited', { length: time.length(waitedMs - (waitedMs % minuteMs)) })}
      </span>
    );
  }
  if (conversation.state === 'assigned' && conversation.operatorName && !conversation.isMine) {
    return (
      <span>
        <CustomerServiceOutlined aria-hidden="true" /> {w('withOperator', { name: conversation.operatorName })}
      </span>
    );
  }
  return conversation.enterpriseId === null ? <span>{w('unbound')}</span> : null;
}
