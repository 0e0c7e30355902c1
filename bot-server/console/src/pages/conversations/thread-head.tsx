import { MoreOutlined } from '@ant-design/icons';
import { type ConversationAction, type ConversationDetail, conversationsApi } from '@suiban/shared/api/conversations';
import type { ConversationState } from '@suiban/shared/conversations';
import { App, Button, Dropdown, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { channelText, conversationWords, stateText } from './conversations.words';
import { GiveDialog } from './give-dialog';
import { refreshAll } from './refresh';

const stateColours: Readonly<Record<ConversationState, string>> = { automatic: 'default', waiting: 'warning', assigned: 'processing' };

interface HeadProps {
  conversation: ConversationDetail;
  onTaken: () => void;
  onGone: () => void;
}

/** Who it is, in which state, and one primary step; the others in a menu. */
export function ThreadHead({ conversation, onTaken, onGone }: HeadProps) {
  const { lang } = useLanguage();
  const w = useWords(conversationWords);
  const time = useTimeText();
  const { state, operatorName, isMine } = conversation;
  return (
    <header className="talk-head">
      <div className="talk-head-name">
        <Flex gap={8} align="center">
          <Typography.Title level={2} ellipsis title={conversation.enterpriseName ?? conversation.peerLabel}>
            {conversation.enterpriseName ?? conversation.peerLabel}
          </Typography.Title>
          <Tag color={stateColours[state]}>
            {isMine
              ? w('mineNow')
              : state === 'assigned' && operatorName
                ? w('withOperator', { name: operatorName })
                : stateText(state, lang)}
          </Tag>
        </Flex>
        <span className="hint">
          {channelText(conversation.channel, lang)}
          {conversation.enterpriseName ? ` · ${conversation.peerLabel}` : ''}
          {conversation.answerableUntil && conversation.cannotAnswer === null ? (
            <span title={w('untilHint')}> · {w('until', { at: time.near(conversation.answerableUntil) })}</span>
          ) : null}
        </span>
      </div>
      <Steps conversation={conversation} onTaken={onTaken} onGone={onGone} />
    </header>
  );
}

function useSteps({ conversation, onTaken }: Pick<HeadProps, 'conversation' | 'onTaken'>) {
  const w = useWords(conversationWords);
  const { message } = App.useApp();
  const params = { conversationId: conversation.id };
  const body = { revision: conversation.revision };
  const take = useWrite(conversationsApi.takeConversation, {
    refresh: refreshAll,
    onDone: () => {
      void message.success(w('taken'));
      onTaken();
    },
  });
  const handBack = useWrite(conversationsApi.handBackConversation, {
    refresh: refreshAll,
    onDone: () => void message.success(w('handedBack')),
  });
  return {
    problem: take.error ?? handBack.error,
    isTaking: take.isPending,
    take: () => take.mutate({ params, body }),
    handBack: () => handBack.mutateAsync({ params, body }).catch(() => undefined),
  };
}

type Giving = 'assignConversation' | 'transferConversation';
const isGiving = (action: ConversationAction): action is Giving => action === 'assignConversation' || action === 'transferConversation';

function Steps({ conversation, onTaken, onGone }: HeadProps) {
  const w = useWords(conversationWords);
  const { modal } = App.useApp();
  const { problem, isTaking, take, handBack } = useSteps({ conversation, onTaken });
  const [giving, setGiving] = useState<Giving | null>(null);
  const { actions, operatorName } = conversation;
  const askHandBack = () =>
    void modal.confirm({ title: w('handBackTitle'), content: w('handBackNote'), okText: w('handBack'), onOk: handBack });
  const items = actions.filter(isGiving).map((action) => ({
    key: action,
    label: w(action === 'assignConversation' ? 'assign' : 'transfer'),
    onClick: () => setGiving(action),
  }));
  const takeLabel = operatorName ? w('takeOver', { name: operatorName }) : w('take');
  return (
    <Flex vertical align="flex-end" gap={8}>
      <Flex gap={8} className="talk-steps">
        {items.length > 0 ? (
          <Dropdown trigger={['click']} menu={{ items }}>
            <Button icon={<MoreOutlined />} aria-label={w('moreActions')} title={w('moreActions')} />
          </Dropdown>
        ) : null}
        {actions.includes('handBackConversation') ? <Button onClick={askHandBack}>{w('handBack')}</Button> : null}
        {actions.includes('takeConversation') ? (
          <Button type={operatorName ? 'default' : 'primary'} loading={isTaking} onClick={take}>
            {takeLabel}
          </Button>
        ) : null}
      </Flex>
      <ProblemAlert problem={problem} />
      {giving ? <GiveDialog conversation={conversation} giving={giving} onClose={() => setGiving(null)} onGone={onGone} /> : null}
    </Flex>
  );
}
