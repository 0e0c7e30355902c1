import { SendOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { type ConversationDetail, conversationsApi } from '@suiban/shared/api/conversations';
import { characterCount } from '@suiban/shared/text';
import { Alert, Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { CannedDialog } from './canned-dialog';
import { CannedPicker } from './canned-picker';
import { conversationWords } from './conversations.words';
import { useDraft } from './drafts';
import { refreshAll } from './refresh';
import { usePicker } from './use-picker';

const maxCharacters = 600;

interface ComposerProps {
  conversation: ConversationDetail;
  isFocused: boolean;
}

/** The line to answer in, or why there is none. What was typed stays until it is sent, whichever conversation is looked at meanwhile. */
export function Composer({ conversation, isFocused }: ComposerProps) {
  const w = useWords(conversationWords);
  if (conversation.actions.includes('answerConversation')) return <Writing conversation={conversation} isFocused={isFocused} />;
  const reason =
    conversation.isMine && conversation.cannotAnswer
      ? conversation.cannotAnswer
      : conversation.operatorName && !conversation.isMine
        ? w('withOther', { name: conversation.operatorName })
        : (conversation.cannotAnswer ?? w('notMine'));
  return (
    <div className="talk-composer is-closed">
      <Alert type={conversation.cannotAnswer ? 'warning' : 'info'} showIcon title={reason} />
    </div>
  );
}

function Writing({ conversation, isFocused }: ComposerProps) {
  const w = useWords(conversationWords);
  const [text, setText] = useDraft(conversation.id);
  const area = useRef<TextAreaRef>(null);
  useEffect(() => {
    if (isFocused) area.current?.focus();
  }, [isFocused]);
  const [isManaging, setManaging] = useState(false);
  const answer = useWrite(conversationsApi.answerConversation, { refresh: refreshAll, onDone: () => setText('') });
  const canned = usePicker(text, (reply) => {
    setText(reply.text);
    area.current?.focus({ cursor: 'end' });
  });
  const length = characterCount(text);
  const isSendable = text.trim() !== '' && length <= maxCharacters && !answer.isPending;
  const send = () => {
    if (isSendable) answer.mutate({ params: { conversationId: conversation.id }, body: { text: text.trim() } });
  };
  const manage = () => {
    canned.close();
    setManaging(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (canned.onKey(event)) return;
    // Enter that ends the choice of a Chinese word is not a wish to send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="talk-composer">
      <ProblemAlert problem={answer.error} />
      {canned.isOpen ? <CannedPicker picker={canned} onManage={manage} /> : null}
      <Input.TextArea
        ref={area}
        aria-label={w('write')}
        aria-describedby="talk-limit"
        {...canned.fieldProps}
        placeholder={w('placeholder')}
        autoSize={{ minRows: 2, maxRows: 7 }}
        value={text}
        status={length > maxCharacters ? 'error' : ''}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="talk-composer-foot">
        <Button icon={<ThunderboltOutlined />} aria-expanded={canned.isOpen} onClick={canned.toggle}>
          {w('canned')}
        </Button>
        <span id="talk-limit" className={length > maxCharacters ? 'hint is-over' : 'hint'}>
          {w('limit', { count: length, max: maxCharacters })}
        </span>
        <Button type="primary" icon={<SendOutlined />} disabled={!isSendable} loading={answer.isPending} onClick={send}>
          {w('send')}
        </Button>
      </div>
      {isManaging ? <CannedDialog onClose={() => setManaging(false)} /> : null}
    </div>
  );
}
