import { FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { type DocumentFinding, questionsOf } from '@suiban/shared/surveys';
import { Button } from 'antd';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useLanguage, useWords } from '../../../i18n/language';
import { kindText } from '../kind-words';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { addPage, moveBefore, type Selection } from './document-edits';
import { useShortcuts } from './use-shortcuts';

const keyOf = (selection: Selection): string =>
  selection.of === 'question' ? selection.questionId : selection.of === 'page' ? `page ${selection.pageId}` : 'form';

/** Pages and questions by name. Arrow keys walk, Alt with them moves; drag is the same by mouse. */
export function Outline() {
  const w = useWords(designerWords);
  const { editor, isReadOnly } = useDesigner();
  const { document, selection } = editor;
  const root = useRef<HTMLElement>(null);
  const shortcuts = useShortcuts();
  const current = keyOf(selection);
  useEffect(() => {
    root.current?.querySelector(`[data-place="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (shortcuts(event) || event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const places = [...(root.current?.querySelectorAll<HTMLButtonElement>('[data-place]') ?? [])];
    const at = places.indexOf(event.target as HTMLButtonElement);
    const next = places[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  const afterPage = selection.of === 'page' ? selection.pageId : undefined;
  return (
    <nav aria-label={w('outline')} className="outline" ref={root} onKeyDown={walk}>
      <Place selection={{ of: 'form' }} current={current} where={null}>
        <FileTextOutlined aria-hidden />
        <span className="outline-text">{w('wholeForm')}</span>
      </Place>
      <Pages current={current} />
      {isReadOnly ? null : (
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined />}
          onClick={() => {
            const added = addPage(document, afterPage);
            editor.edit(() => added.document, { select: { of: 'page', pageId: added.pageId } });
          }}
        >
          {w('addPage')}
        </Button>
      )}
      {isReadOnly ? null : <p className="hint outline-keys">{w('keys')}</p>}
    </nav>
  );
}

function Pages({ current }: { current: string }) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const { editor } = useDesigner();
  const { document } = editor;
  const numbers = new Map(questionsOf(document).map((each, at) => [each.id, at + 1]));
  return (
    <ol className="plain-list">
      {document.pages.map((page, at) => (
        <li key={page.id}>
          <Place selection={{ of: 'page', pageId: page.id }} current={current} where={null} isPage>
            <span className="outline-text">{page.title?.zh || w('pageNumber', { number: at + 1 })}</span>
          </Place>
          <ol className="plain-list">
            {page.questions.map((question) => (
              <li key={question.id}>
                <Place selection={{ of: 'question', questionId: question.id }} current={current} where={question.id}>
                  <span className="outline-number">{numbers.get(question.id)}</span>
                  <span className="outline-text" title={`${question.title.zh}（${kindText(question.kind, lang)}）`}>
                    {question.title.zh || w('untitled')}
                  </span>
                  {question.showIf ? <span className="outline-mark" title={w('hasShowIf')} role="img" aria-label={w('hasShowIf')} /> : null}
                </Place>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

interface PlaceProps {
  selection: Selection;
  current: string;
  /** Question that the findings of this place are about. */
  where: string | null;
  isPage?: boolean;
  children: React.ReactNode;
}

function Place({ selection, current, where, isPage, children }: PlaceProps) {
  const w = useWords(designerWords);
  const { editor, findings, isReadOnly } = useDesigner();
  const [isOver, setOver] = useState(false);
  const place = keyOf(selection);
  const isCurrent = place === current;
  const worst = isPage ? undefined : worstOf(findings, where);
  const drag =
    where === null || isReadOnly
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => event.dataTransfer.setData('text/plain', where),
          onDragOver: (event: DragEvent) => {
            event.preventDefault();
            setOver(true);
          },
          onDragLeave: () => setOver(false),
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            setOver(false);
            const moved = event.dataTransfer.getData('text/plain');
            editor.edit((document) => moveBefore(document, moved, where), { select: { of: 'question', questionId: moved } });
          },
        };
  return (
    <button
      type="button"
      data-place={place}
      className={['outline-place', isPage ? 'page-place' : '', isCurrent ? 'current' : '', isOver ? 'over' : ''].join(' ')}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => editor.select(selection)}
      {...drag}
    >
      {children}
      {worst ? (
        <span className={`outline-finding ${worst}`} role="img" aria-label={w(worst)} title={w(worst)}>
          {worst === 'error' ? '✕' : '!'}
        </span>
      ) : null}
    </button>
  );
}

/** Missing translations are the designer's to count, not to mark on every line. */
function worstOf(findings: readonly DocumentFinding[], where: string | null): 'error' | 'warning' | undefined {
  const own = findings.filter((each) => each.where === where && each.rule !== 'missing-translation');
  if (own.some((each) => each.severity === 'error')) return 'error';
  return own.length > 0 ? 'warning' : undefined;
}
