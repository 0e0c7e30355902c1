import {
  CreditCardOutlined,
  ExclamationCircleOutlined,
  LinkOutlined,
  PictureOutlined,
  RedoOutlined,
  RobotOutlined,
} from '@ant-design/icons';
import { type ConversationDetail, type ConversationMessage, conversationsApi } from '@suiban/shared/api/conversations';
import { formatClock } from '@suiban/shared/time';
import { Button } from 'antd';
import { useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { conversationWords } from './conversations.words';

interface LineProps {
  conversation: ConversationDetail;
  message: ConversationMessage;
}

const formIcons = {
  card: <CreditCardOutlined aria-hidden="true" />,
  link: <LinkOutlined aria-hidden="true" />,
  media: <PictureOutlined aria-hidden="true" />,
};

/** One thing said or done: the other side left, ours right, what was tapped in the middle. */
export function MessageLine({ conversation, message, isFollowing }: LineProps & { isFollowing: boolean }) {
  const { zone } = useTimeText();
  const at = formatClock(new Date(message.at), zone);
  if (message.form === 'event') {
    return (
      <p className="talk-event">
        {message.text} <time dateTime={message.at}>{at}</time>
      </p>
    );
  }
  return (
    <article className={`talk-line is-${message.by} ${message.state === 'failed' ? 'is-failed' : ''} ${isFollowing ? 'is-following' : ''}`}>
      <p className={isFollowing ? 'visually-hidden' : 'talk-by'}>
        <Author conversation={conversation} message={message} /> <time dateTime={message.at}>{at}</time>
      </p>
      <div className="talk-bubble">
        {message.form === 'text' ? null : <span className="talk-form">{formIcons[message.form]}</span>}
        {message.text}
      </div>
      <Outcome conversation={conversation} message={message} />
    </article>
  );
}

function Author({ conversation, message }: LineProps) {
  const w = useWords(conversationWords);
  if (message.by === 'person') return conversation.peerLabel;
  if (message.by === 'operator') return message.operatorName ?? w('operator');
  return (
    <>
      <RobotOutlined aria-hidden="true" /> {w('automatic')}
    </>
  );
}

/** Only what is not as it should be: still under way, or refused, why, and the way on. */
function Outcome({ conversation, message }: LineProps) {
  const w = useWords(conversationWords);
  const retry = useWrite(conversationsApi.retryConversationMessage, {
    refresh: [conversationsApi.listConversationMessages.id, conversationsApi.listConversations.id],
  });
  if (message.state === 'waiting') return <p className="talk-outcome">{w('sending')}</p>;
  if (message.state !== 'failed') return null;
  const mayRetry = message.by === 'operator' && conversation.isMine && conversation.cannotAnswer === null;
  return (
    <div className="talk-outcome is-bad" role="status">
      <span>
        <ExclamationCircleOutlined aria-hidden="true" /> {message.failure ? w('failedWhy', { why: message.failure }) : w('failed')}
      </span>
      {mayRetry ? (
        <Button
          size="small"
          icon={<RedoOutlined />}
          loading={retry.isPending}
          onClick={() => retry.mutate({ params: { conversationId: conversation.id, messageId: message.id } })}
        >
          {w('retry')}
        </Button>
      ) : null}
      <ProblemAlert problem={retry.error} />
    </div>
  );
}
