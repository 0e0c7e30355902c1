import { textIn } from '@suiban/shared/words';
import { TextInput } from '@/ui/elements';
import { TextArea } from '@/ui/form';
import { type QuestionViewProps, textOf } from './view';

export function TextView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'text'>) {
  const { placeholder, maxLength = 200, format } = question.config;
  return (
    <TextInput
      id={question.id}
      label={title}
      kind={format === 'mobile' ? 'phone' : 'text'}
      value={textOf(answer)}
      placeholder={placeholder && textIn(placeholder, language)}
      maxLength={maxLength}
      isInvalid={isInvalid}
      describedBy={errorId}
      onChange={(text) => onChange(text === '' ? null : text)}
      onLeave={onLeave}
    />
  );
}

export function LongTextView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'longText'>) {
  const { placeholder, maxLength = 2000 } = question.config;
  return (
    <TextArea
      id={question.id}
      label={title}
      value={textOf(answer)}
      placeholder={placeholder && textIn(placeholder, language)}
      maxLength={maxLength}
      isInvalid={isInvalid}
      describedBy={errorId}
      onChange={(text) => onChange(text === '' ? null : text)}
      onLeave={onLeave}
    />
  );
}
