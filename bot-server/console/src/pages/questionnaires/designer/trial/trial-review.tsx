import { checkAnswers, extractProblems, type RawAnswers, reviewOf, type SurveyDocument } from '@suiban/shared/surveys';
import { useLanguage, useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { trialWords } from './trial.words';

interface TrialReviewProps {
  document: SurveyDocument;
  answers: RawAnswers;
  onBack: () => void;
  onOpen: (questionId: string) => void;
}

/** The review page, and what a submission like this would start: the work orders, with the reason. */
export function TrialReview({ document, answers, onBack, onOpen }: TrialReviewProps) {
  const w = useWords(trialWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const checked = checkAnswers(document, answers);
  const problems = checked.ok ? extractProblems(document, checked.answers) : [];
  const matterName = (id: string | undefined) => city.matters.find((matter) => matter.id === id)?.name ?? w('matterNone');
  return (
    <div className="trial-screen">
      <h3>{w('trialReview')}</h3>
      <ul className="plain-list trial-review">
        {reviewOf(document, answers, lang).map((item) => (
          <li key={item.questionId}>
            <button type="button" onClick={() => onOpen(item.questionId)}>
              <span className="trial-fine">
                {item.number}. {item.title || w('untitled')}
              </span>
              <span>{item.text ?? w('notAnswered')}</span>
              {item.problems.map((problem) => (
                <span key={problem.zh} className="trial-error">
                  {problem[lang]}
                </span>
              ))}
            </button>
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        {checked.ok ? (
          <p className="trial-note">
            {problems.length === 0
              ? w('trialNoProblem')
              : problems.map((problem) => w('trialProblem', { matter: matterName(problem.matterId), text: problem.text })).join('\n')}
          </p>
        ) : (
          <p className="trial-error">{w('trialOpen', { count: checked.errors.length })}</p>
        )}
      </div>
      <div className="trial-foot">
        <button type="button" className="trial-secondary" onClick={onBack}>
          {w('trialBack')}
        </button>
      </div>
    </div>
  );
}
