import type { Option } from '@suiban/shared/surveys';
import { textIn } from '@suiban/shared/words';
import { useTexts } from '@/features/language';
import { Box, TextInput } from '@/ui/elements';
import { ChoiceList } from '@/ui/form';
import { SelectInput } from '@/ui/pick';
import styles from '../surveys.module.scss';
import { surveyTexts } from '../texts';
import { isObject, type QuestionViewProps, textOf } from './view';

const otherLength = 200;

function OtherText({
  id,
  value,
  onChange,
  onLeave,
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  onLeave: () => void;
}) {
  const t = useTexts(surveyTexts);
  return (
    <TextInput
      id={`${id}-other`}
      label={t('other')}
      placeholder={t('other')}
      value={value}
      maxLength={otherLength}
      onChange={onChange}
      onLeave={onLeave}
    />
  );
}

/** The words of “其他” go with the option that asks for them, and nowhere else. */
const oneAnswer = (option: Option | undefined, otherText: string) =>
  option ? { option: option.id, ...(option.withText && otherText ? { otherText } : {}) } : null;

export function SingleView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'single'>) {
  const given = isObject(answer) ? answer : {};
  const chosen = textOf(given.option);
  const other = textOf(given.otherText);
  const find = (id: string) => question.config.options.find((each) => each.id === id);
  return (
    <ChoiceList
      name={question.id}
      label={title}
      kind="radio"
      choices={question.config.options.map((option) => ({
        value: option.id,
        label: textIn(option.label, language),
        below: option.withText && (
          <OtherText id={question.id} value={other} onChange={(text) => onChange(oneAnswer(find(chosen), text))} onLeave={onLeave} />
        ),
      }))}
      chosen={chosen ? [chosen] : []}
      onChange={([id]) => onChange(oneAnswer(find(id ?? ''), other))}
      isInvalid={isInvalid}
      describedBy={errorId}
    />
  );
}

export function DropdownView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'dropdown'>) {
  const t = useTexts(surveyTexts);
  const given = isObject(answer) ? answer : {};
  const other = textOf(given.otherText);
  const chosen = question.config.options.find((each) => each.id === given.option);
  return (
    <Box>
      <SelectInput
        id={question.id}
        label={title}
        options={question.config.options.map((each) => ({ value: each.id, label: textIn(each.label, language) }))}
        value={chosen?.id ?? ''}
        placeholder={t('choose')}
        isInvalid={isInvalid}
        describedBy={errorId}
        onChange={(id) =>
          onChange(
            oneAnswer(
              question.config.options.find((each) => each.id === id),
              other,
            ),
          )
        }
      />
      {chosen?.withText && (
        <Box className={styles.other}>
          <OtherText id={question.id} value={other} onChange={(text) => onChange(oneAnswer(chosen, text))} onLeave={onLeave} />
        </Box>
      )}
    </Box>
  );
}

export function MultipleView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'multiple'>) {
  const t = useTexts(surveyTexts);
  const { options, max } = question.config;
  const given = isObject(answer) ? answer : {};
  const chosen = Array.isArray(given.options) ? given.options.filter((each): each is string => typeof each === 'string') : [];
  const other = textOf(given.otherText);
  const isAlone = (id: string | undefined) => options.some((each) => each.id === id && each.exclusive);
  const change = (ids: readonly string[], otherText: string) => {
    const added = ids.find((id) => !chosen.includes(id));
    // “以上都没有” stands alone: choosing it takes back the others, and choosing another takes it back.
    const together = added === undefined ? ids : isAlone(added) ? [added] : ids.filter((id) => !isAlone(id));
    const asksForText = options.some((each) => each.withText && together.includes(each.id));
    const inOrder = options.filter((each) => together.includes(each.id)).map((each) => each.id);
    onChange(inOrder.length === 0 ? null : { options: inOrder, ...(asksForText && otherText ? { otherText } : {}) });
  };
  const isFull = max !== undefined && chosen.length >= max && !chosen.some(isAlone);
  return (
    <Box>
      <Box className={styles.rule}>
        {max === undefined ? t('chooseMany') : `${t('chooseUpTo', { max })} · ${t('chosenOf', { count: chosen.length, max })}`}
      </Box>
      <ChoiceList
        name={question.id}
        label={title}
        kind="checkbox"
        choices={options.map((option) => ({
          value: option.id,
          label: textIn(option.label, language),
          below: option.withText && (
            <OtherText id={question.id} value={other} onChange={(text) => change(chosen, text)} onLeave={onLeave} />
          ),
        }))}
        chosen={chosen}
        onChange={(ids) => change(ids, other)}
        isInvalid={isInvalid}
        describedBy={errorId}
        isFull={isFull}
      />
    </Box>
  );
}
