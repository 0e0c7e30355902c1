import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import type { Question } from '@suiban/shared/surveys';
import { Flex, type GetRef, Input, Tag } from 'antd';
import { memo, useEffect, useRef } from 'react';
import { useLanguage, useWords } from '../../../i18n/language';
import { kindText } from '../kind-words';
import { AnswerSketch } from './answer-sketch';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { changeQuestion, type Selection } from './document-edits';
import { IconButton } from './icon-button';
import { useActions } from './use-shortcuts';

type TextAreaRef = GetRef<typeof Input.TextArea>;

interface QuestionCardProps {
  question: Question;
  number: number;
  isSelected: boolean;
  /** Its condition in words; null = the condition is broken, undefined = none. */
  sentence: string | null | undefined;
  select: (selection: Selection) => void;
}

/** Drawn again only when its own question changes: seventy of them stand on the canvas. */
export const QuestionCard = memo(function QuestionCard({ question, number, isSelected, sentence, select }: QuestionCardProps) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const choose = () => select({ of: 'question', questionId: question.id });
  return (
    <article
      data-card={question.id}
      className={isSelected ? 'question-card selected' : 'question-card'}
      aria-label={w('questionNamed', { number, title: question.title.zh || w('untitled') })}
      // The title's button is the way of the keyboard; a mouse may take any part of the card.
      onMouseUp={isSelected ? undefined : choose}
      onFocus={isSelected ? undefined : choose}
    >
      <Flex gap={8} align="flex-start">
        <span className="question-number">{number}</span>
        <div className="question-body">
          {isSelected ? (
            <TitleField question={question} />
          ) : (
            <button type="button" className="question-title-button" onClick={choose}>
              {question.title.zh || <span className="hint">{w('untitled')}</span>}
            </button>
          )}
          {sentence === undefined ? null : (
            <p className="question-condition">{sentence === null ? w('brokenCondition') : w('shownIf', { sentence })}</p>
          )}
          <AnswerSketch question={question} />
          <Flex gap={4} wrap align="center" className="question-tags">
            <Tag>{kindText(question.kind, lang)}</Tag>
            <Tag>{w(question.required ? 'isRequired' : 'isOptional')}</Tag>
            {question.problemSource ? <Tag color="processing">{w('isProblemSource')}</Tag> : null}
            {question.sensitive ? <Tag>{w('isSensitive')}</Tag> : null}
            {isSelected ? <CardTools /> : null}
          </Flex>
        </div>
      </Flex>
    </article>
  );
});

function TitleField({ question }: { question: Question }) {
  const w = useWords(designerWords);
  const { editor, isReadOnly } = useDesigner();
  const field = useRef<TextAreaRef>(null);
  const isNew = question.title.zh === '';
  // A question that was just added is named first.
  useEffect(() => {
    if (isNew) field.current?.focus();
  }, [isNew]);
  return (
    <Input.TextArea
      ref={field}
      variant="borderless"
      className="question-title-field"
      aria-label={w('questionTitle')}
      placeholder={w('titlePlaceholder')}
      autoSize={{ minRows: 1, maxRows: 8 }}
      maxLength={500}
      readOnly={isReadOnly}
      value={question.title.zh}
      onChange={({ target }) =>
        editor.edit((before) => changeQuestion(before, question.id, (each) => ({ ...each, title: { ...each.title, zh: target.value } })), {
          mark: `${question.id}/title`,
        })
      }
    />
  );
}

function CardTools() {
  const w = useWords(designerWords);
  const { isReadOnly } = useDesigner();
  const actions = useActions();
  if (isReadOnly) return null;
  return (
    <span className="question-tools">
      <IconButton icon={<ArrowUpOutlined />} label={w('moveUpKey')} onClick={() => actions.move(-1)} />
      <IconButton icon={<ArrowDownOutlined />} label={w('moveDownKey')} onClick={() => actions.move(1)} />
      <IconButton icon={<CopyOutlined />} label={w('duplicateKey')} onClick={actions.duplicate} />
      <IconButton icon={<DeleteOutlined />} label={w('removeKey')} onClick={actions.remove} />
    </span>
  );
}
