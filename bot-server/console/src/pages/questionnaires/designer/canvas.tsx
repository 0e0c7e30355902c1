import { PlusOutlined } from '@ant-design/icons';
import { questionKinds, questionsOf, type SurveyPage, surveyLimits } from '@suiban/shared/surveys';
import { Button, Dropdown, Empty } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useLanguage, useWords } from '../../../i18n/language';
import { kindText } from '../kind-words';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { insertQuestion, newQuestion, type Selection } from './document-edits';
import { sentencesOf } from './logic-sentences';
import { QuestionCard } from './question-card';
import { useShortcuts } from './use-shortcuts';

/** All questions as they will be asked, page by page; the selected one is written in place. */
export function Canvas() {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const { editor } = useDesigner();
  const { document, selection, select } = editor;
  const root = useRef<HTMLElement>(null);
  const shortcuts = useShortcuts();
  const selectedId = selection.of === 'question' ? selection.questionId : null;
  const sentences = useMemo(() => sentencesOf(document, lang), [document, lang]);
  useEffect(() => {
    if (selectedId) root.current?.querySelector(`[data-card="${CSS.escape(selectedId)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  let number = 0;
  return (
    <section aria-label={w('canvas')} className="canvas" ref={root} onKeyDown={shortcuts}>
      {questionsOf(document).length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w('noQuestions')} /> : null}
      {document.pages.map((page, at) => (
        <div key={page.id} className="canvas-page">
          <h2 className={selection.of === 'page' && selection.pageId === page.id ? 'canvas-page-title current' : 'canvas-page-title'}>
            <button type="button" onClick={() => select({ of: 'page', pageId: page.id })}>
              {w('pageNumber', { number: at + 1 })}
              {page.title ? ` · ${page.title.zh}` : ''}
            </button>
          </h2>
          {page.questions.map((question) => {
            number += 1;
            return (
              <QuestionCard
                key={question.id}
                question={question}
                number={number}
                isSelected={question.id === selectedId}
                sentence={sentences.get(question.id)}
                select={select}
              />
            );
          })}
          <AddQuestion page={page} />
        </div>
      ))}
    </section>
  );
}

function AddQuestion({ page }: { page: SurveyPage }) {
  const w = useWords(designerWords);
  const { editor, isReadOnly } = useDesigner();
  if (isReadOnly) return null;
  const last = page.questions.at(-1);
  const place: Selection = last ? { of: 'question', questionId: last.id } : { of: 'page', pageId: page.id };
  return (
    <KindMenu place={place}>
      <Button type="dashed" block icon={<PlusOutlined />} disabled={questionsOf(editor.document).length >= surveyLimits.questions}>
        {w('addQuestion')}
      </Button>
    </KindMenu>
  );
}

/** Nine kinds; the new question goes behind `place` and is selected. */
export function KindMenu({ place, children }: { place: Selection; children: React.ReactElement }) {
  const { lang } = useLanguage();
  const { editor } = useDesigner();
  const items = questionKinds.map((kind) => ({
    key: kind,
    label: kindText(kind, lang),
    onClick: () => {
      const made = newQuestion(editor.document, kind);
      editor.edit((document) => insertQuestion(document, place, made), { select: { of: 'question', questionId: made.id } });
    },
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      {children}
    </Dropdown>
  );
}
