import { Button, Skeleton } from 'antd';
import { useWords } from '../../i18n/language';
import { conversationWords } from './conversations.words';
import type { Picker } from './use-picker';

/** The list above the line: the focus stays in the line, whose arrow keys move the choice. */
export function CannedPicker({ picker, onManage }: { picker: Picker; onManage: () => void }) {
  const w = useWords(conversationWords);
  const { replies, active, listId, isLoading } = picker;
  return (
    <div className="talk-canned">
      {isLoading ? <Skeleton active title={false} paragraph={{ rows: 2 }} /> : null}
      <div role="listbox" id={listId} aria-label={w('canned')} className="talk-canned-list">
        {replies.map((reply, at) => (
          <div
            key={reply.id}
            id={`${listId}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className="talk-canned-row"
            onPointerMove={() => picker.setActive(at)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => picker.pick(reply)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') picker.pick(reply);
            }}
          >
            <b>{reply.title}</b>
            <span>{reply.text}</span>
          </div>
        ))}
      </div>
      {!isLoading && replies.length === 0 ? <p className="hint talk-canned-empty">{w('cannedEmpty')}</p> : null}
      <div className="talk-canned-foot">
        <span className="hint">{w('cannedFind')}</span>
        <Button type="link" size="small" onClick={onManage}>
          {w('manage')}
        </Button>
      </div>
    </div>
  );
}
