import type { Guess } from '@suiban/shared/questionnaire-import';
import { Button, Card, Checkbox, Flex } from 'antd';
import { useLanguage, useWords } from '../../i18n/language';
import { LineList } from '../../ui/line-list';
import { guessKindText } from './import-texts';
import { questionnaireWords } from './questionnaires.words';

interface ImportGuessesProps {
  guesses: readonly Guess[];
  accepted: readonly string[];
  onChange: (accepted: readonly string[]) => void;
}

/** Guesses by what they propose: a whole kind is decided at once, or one by one. */
export function ImportGuesses({ guesses, accepted, onChange }: ImportGuessesProps) {
  const w = useWords(questionnaireWords);
  const kinds = [...new Set(guesses.map((guess) => guess.kind))];
  return (
    <Card
      title={w('guessesCount', { count: guesses.length })}
      extra={
        guesses.length > 0 ? (
          <Flex gap={8}>
            <Button size="small" onClick={() => onChange(guesses.map((guess) => guess.id))}>
              {w('acceptAll')}
            </Button>
            <Button size="small" onClick={() => onChange([])}>
              {w('rejectAll')}
            </Button>
          </Flex>
        ) : null
      }
    >
      {guesses.length === 0 ? <p className="hint line-list-empty">{w('noGuesses')}</p> : null}
      {kinds.map((kind) => (
        <GuessGroup
          key={kind}
          kind={kind}
          guesses={guesses.filter((guess) => guess.kind === kind)}
          accepted={accepted}
          onChange={onChange}
        />
      ))}
    </Card>
  );
}

function GuessGroup({ kind, guesses, accepted, onChange }: ImportGuessesProps & { kind: Guess['kind'] }) {
  const w = useWords(questionnaireWords);
  const { lang } = useLanguage();
  const ids = guesses.map((guess) => guess.id);
  const chosen = ids.filter((id) => accepted.includes(id)).length;
  const without = (removed: readonly string[]) => accepted.filter((id) => !removed.includes(id));
  return (
    <section className="guess-group">
      <Checkbox
        checked={chosen === ids.length}
        indeterminate={chosen > 0 && chosen < ids.length}
        onChange={(event) => onChange(event.target.checked ? [...without(ids), ...ids] : without(ids))}
      >
        <strong>{guessKindText(kind, lang)}</strong> <span className="hint">{w('chosenOf', { chosen, count: ids.length })}</span>
      </Checkbox>
      <LineList
        items={guesses}
        step={5}
        itemKey={(guess) => guess.id}
        render={(guess) => (
          <Checkbox
            checked={accepted.includes(guess.id)}
            onChange={(event) => onChange(event.target.checked ? [...accepted, guess.id] : without([guess.id]))}
          >
            {guess.detail[lang]} <span className="hint">{w('line', { line: guess.line })}</span>
          </Checkbox>
        )}
      />
    </section>
  );
}
