import {
  type Answer,
  answerOf,
  checkAnswers,
  findQuestion,
  nextQuestion,
  pathOf,
  previousQuestion,
  progressOf,
  type Question,
  questionTypeOf,
  type RawAnswers,
  type SurveyDocument,
} from '@suiban/shared/surveys';
import { textIn } from '@suiban/shared/words';
import { Button, Flex } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useWords } from '../../../../i18n/language';
import type { Selection } from '../document-edits';
import { trialWords } from './trial.words';
import { TrialInput } from './trial-inputs';
import { TrialReview } from './trial-review';
import './trial.css';

/** Which screen the phone is on. */
type Screen = 'title' | 'review' | { readonly questionId: string };

interface TrialPhoneProps {
  document: SurveyDocument;
  selection: Selection;
}

/** The questionnaire as a firm answers it: the engine of the phone and the server walks the path over what is tried here. */
export function TrialPhone({ document, selection }: TrialPhoneProps) {
  const w = useWords(trialWords);
  const [answers, setAnswers] = useState<RawAnswers>({});
  const [screen, setScreen] = useState<Screen>('title');
  const [isTried, setTried] = useState(false);
  const latest = useRef(document);
  latest.current = document;
  // The phone follows the cursor, not every letter that is typed.
  useEffect(() => {
    const firstOfPage =
      selection.of === 'page' ? latest.current.pages.find((page) => page.id === selection.pageId)?.questions[0]?.id : undefined;
    const questionId = selection.of === 'question' ? selection.questionId : firstOfPage;
    setScreen(questionId === undefined ? 'title' : { questionId });
    setTried(false);
  }, [selection]);
  const go = (next: Screen) => {
    setScreen(next);
    setTried(false);
  };
  return (
    <aside className="trial" aria-label={w('trial')}>
      <Flex justify="space-between" align="center" className="trial-head">
        <h2 className="designer-panel-title">{w('trial')}</h2>
        <Button
          size="small"
          type="text"
          onClick={() => {
            setAnswers({});
            go('title');
          }}
        >
          {w('trialAgain')}
        </Button>
      </Flex>
      <div className="trial-phone">
        <CurrentScreen
          document={document}
          answers={answers}
          screen={screen}
          isTried={isTried}
          onAnswer={(questionId, answer) => setAnswers((before) => ({ ...before, [questionId]: answer }))}
          onTried={() => setTried(true)}
          onGo={go}
        />
      </div>
    </aside>
  );
}

interface CurrentScreenProps {
  document: SurveyDocument;
  answers: RawAnswers;
  screen: Screen;
  isTried: boolean;
  onAnswer: (questionId: string, answer: Answer | null) => void;
  onTried: () => void;
  onGo: (screen: Screen) => void;
}

/** A question that was deleted under the phone falls back to the title page. */
function CurrentScreen({ document, answers, screen, isTried, onAnswer, onTried, onGo }: CurrentScreenProps) {
  const question = typeof screen === 'object' ? findQuestion(document, screen.questionId) : undefined;
  const screenOf = (next: Question | undefined, otherwise: Screen): Screen => (next ? { questionId: next.id } : otherwise);
  if (question) {
    return (
      <QuestionScreen
        key={question.id}
        document={document}
        answers={answers}
        question={question}
        isTried={isTried}
        onAnswer={(answer) => onAnswer(question.id, answer)}
        onTried={onTried}
        onGo={onGo}
      />
    );
  }
  if (screen === 'review') {
    return (
      <TrialReview
        document={document}
        answers={answers}
        onBack={() => onGo(screenOf(previousQuestion(document, answers, null), 'title'))}
        onOpen={(questionId) => onGo({ questionId })}
      />
    );
  }
  return <TitleScreen document={document} onStart={() => onGo(screenOf(nextQuestion(document, answers, null), 'review'))} />;
}

function TitleScreen({ document, onStart }: { document: SurveyDocument; onStart: () => void }) {
  const w = useWords(trialWords);
  const { lang } = useLanguage();
  const total = pathOf(document, {}).questions.length;
  return (
    <div className="trial-screen">
      <p className="trial-asker">{document.heading.issuingBody || w('issuerMissing')}</p>
      <h3>{textIn(document.title, lang) || w('unnamedForm')}</h3>
      <p className="trial-intro">{textIn(document.intro, lang)}</p>
      <p className="trial-facts">{w('trialFacts', { count: total, minutes: document.minutes })}</p>
      {document.heading.exempt ? null : (
        <p className="trial-fine">{[document.heading.tableNumber, document.heading.approvalNumber].filter(Boolean).join(' · ')}</p>
      )}
      <p className="trial-fine">{textIn(document.notice, lang)}</p>
      <div className="trial-foot">
        <button type="button" className="trial-primary" onClick={onStart}>
          {w('trialStart')}
        </button>
      </div>
    </div>
  );
}

interface QuestionScreenProps {
  document: SurveyDocument;
  answers: RawAnswers;
  question: Question;
  /** “下一题” was pressed: what is missing is said from then on. */
  isTried: boolean;
  onAnswer: (answer: Answer | null) => void;
  onTried: () => void;
  onGo: (screen: Screen) => void;
}

function QuestionScreen({ document, answers, question, isTried, onAnswer, onTried, onGo }: QuestionScreenProps) {
  const w = useWords(trialWords);
  const { lang } = useLanguage();
  const path = useMemo(() => pathOf(document, answers), [document, answers]);
  const progress = progressOf(document, answers);
  const at = path.questionIds.indexOf(question.id);
  const page = document.pages.find((each) => each.questions.includes(question));
  const given = answerOf(answers, question.id);
  const checked = checkAnswers(document, answers);
  const errors = checked.ok ? [] : checked.errors.filter((error) => error.questionId === question.id);
  const forward = () => {
    if (errors.length > 0) return onTried();
    const next = nextQuestion(document, answers, question.id);
    onGo(next ? { questionId: next.id } : 'review');
  };
  const back = () => {
    const previous = previousQuestion(document, answers, question.id);
    onGo(previous ? { questionId: previous.id } : 'title');
  };
  return (
    <div className="trial-screen">
      <div className="trial-progress" aria-hidden="true">
        <span style={{ width: `${progress.share * 100}%` }} />
      </div>
      <p className="trial-fine">
        {at >= 0 ? w('trialPlace', { number: at + 1, total: progress.total }) : w('offPath')}
        {page?.title ? ` · ${textIn(page.title, lang)}` : ''}
      </p>
      {at < 0 ? <p className="trial-note">{w('offPathHelp')}</p> : null}
      <h3>
        {textIn(question.title, lang) || w('untitled')}
        {question.required ? <span className="trial-required">{w('isRequired')}</span> : null}
      </h3>
      {question.hint ? <p className="trial-fine">{textIn(question.hint, lang)}</p> : null}
      <div className="trial-answer">
        <TrialInput question={question} answer={fits(question, given) ? (given as Answer) : null} onAnswer={onAnswer} />
      </div>
      <div aria-live="polite">
        {isTried
          ? errors.map((error) => (
              <p key={error.rule} className="trial-error">
                {error.detail[lang]}
              </p>
            ))
          : null}
      </div>
      <div className="trial-foot">
        <button type="button" className="trial-secondary" onClick={back}>
          {w('trialBack')}
        </button>
        <button type="button" className="trial-primary" onClick={forward}>
          {w('trialNext')}
        </button>
      </div>
    </div>
  );
}

/** An answer that was tried before the question's kind was changed is of another shape. */
function fits(question: Question, answer: unknown): boolean {
  const blank = questionTypeOf(question.kind).sample(question.config, 0);
  return (
    answer !== null && answer !== undefined && typeof answer === typeof blank && (typeof answer !== 'object' || hasSameKeys(answer, blank))
  );
}

const hasSameKeys = (answer: object, blank: unknown): boolean =>
  typeof blank === 'object' && blank !== null && 'option' in answer === 'option' in blank;
