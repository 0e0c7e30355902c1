import { useId, useState } from 'react';
import type { ObservedMessage } from '../desk-client';
import { useWords } from '../words';

interface CardProps {
  readonly message: ObservedMessage;
  readonly onOpen: () => void;
  readonly onAnswer: (answer: object) => Promise<boolean>;
}

type Choices = Readonly<Record<string, readonly string[]>>;

/** open: choices and a button → answered: greyed, waiting for the server → updated: the button says what the server wrote. */
export function TemplateCard({ message, onOpen, onAnswer }: CardProps) {
  const word = useWords();
  const [choices, setChoices] = useState<Choices>({});
  const { card, cardState } = message;
  if (!card) return null;
  const isOpen = cardState?.state === 'open';
  const chosen = isOpen ? choices : Object.fromEntries((cardState?.selected ?? []).map(({ key, optionIds }) => [key, optionIds]));
  const pick = (key: string, ids: readonly string[]): void => setChoices({ ...choices, [key]: ids });
  return (
    <article className="template-card">
      <h3>{message.title}</h3>
      {message.body ? <p>{message.body}</p> : null}
      {card.facts.length > 0 ? (
        <dl>
          {card.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {card.questions.map((question) => (
        <Question
          key={question.key}
          question={question}
          isSelect={card.type === 'multiple'}
          chosen={chosen[question.key] ?? []}
          isDisabled={!isOpen}
          onPick={(ids) => pick(question.key, ids)}
        />
      ))}
      {isOpen ? <CardActions card={card} choices={choices} onAnswer={onAnswer} /> : null}
      {!isOpen && card.type !== 'notice' ? (
        <p className="card-after" role="status">
          {cardState?.state === 'updated' ? cardState.note : word('waiting')}
        </p>
      ) : null}
      {message.link ? (
        <button type="button" className="card-link" onClick={onOpen}>
          {word('detail')}
        </button>
      ) : null}
    </article>
  );
}

interface ActionsProps {
  readonly card: NonNullable<ObservedMessage['card']>;
  readonly choices: Choices;
  readonly onAnswer: (answer: object) => Promise<boolean>;
}

function CardActions({ card, choices, onAnswer }: ActionsProps) {
  const [isSending, setSending] = useState(false);
  const isComplete = card.questions.every((question) => (choices[question.key] ?? []).length > 0);
  const send = async (answer: object): Promise<void> => {
    setSending(true);
    await onAnswer(answer);
    setSending(false);
  };
  const submit = (): void => void send({ selected: card.questions.map(({ key }) => ({ key, optionIds: choices[key] ?? [] })) });
  return (
    <>
      {card.submitText ? (
        <button type="button" className="card-submit" disabled={!isComplete || isSending} onClick={submit}>
          {card.submitText}
        </button>
      ) : null}
      {card.buttons.length > 0 ? (
        <div className="card-buttons">
          {card.buttons.map((button) => (
            <button
              key={button.key}
              type="button"
              className={button.style === 1 ? 'card-submit' : 'card-submit is-plain'}
              disabled={isSending}
              onClick={() => void send({ buttonKey: button.key })}
            >
              {button.text}
            </button>
          ))}
        </div>
      ) : null}
    </>
  );
}

interface QuestionProps {
  readonly question: NonNullable<ObservedMessage['card']>['questions'][number];
  readonly isSelect: boolean;
  readonly chosen: readonly string[];
  readonly isDisabled: boolean;
  readonly onPick: (ids: readonly string[]) => void;
}

function Question({ question, isSelect, chosen, isDisabled, onPick }: QuestionProps) {
  const word = useWords();
  const group = useId();
  if (isSelect) {
    return (
      <label className="card-select">
        <span>{question.title}</span>
        <select value={chosen[0] ?? ''} disabled={isDisabled} onChange={(event) => onPick(event.target.value ? [event.target.value] : [])}>
          <option value="">{word('choose')}</option>
          {question.options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.text}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const isMultiple = question.mode === 'multiple';
  const toggle = (id: string): void =>
    onPick(!isMultiple ? [id] : chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <fieldset className="card-options" disabled={isDisabled}>
      <legend className="visually-hidden">{question.title || word('choose')}</legend>
      {question.options.map((option) => (
        <label key={option.id} className={chosen.includes(option.id) ? 'is-chosen' : ''}>
          <input
            type={isMultiple ? 'checkbox' : 'radio'}
            name={group}
            checked={chosen.includes(option.id)}
            onChange={() => toggle(option.id)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
