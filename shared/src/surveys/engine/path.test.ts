import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../rules';
import { questionsOf } from '../document';
import { anyAnswers, anyDocument, buildDocument, buildQuestion, documentAndAnswers, rule } from '../documents.arbitrary';
import { checkAnswers, checkSubmission } from './check-answers';
import { answerRegistry } from './compiled';
import { firstUnanswered, nextQuestion, previousQuestion, progressOf } from './navigation';
import { pathOf } from './path';

const branching = buildDocument([
  buildQuestion('open', 'single'),
  buildQuestion('why', 'text', { showIf: rule({ attribute: 'open', operator: 'eq', value: 'b' }) }),
  buildQuestion('more', 'scale', { showIf: rule({ attribute: 'why', operator: 'isKnown' }), required: false }),
  buildQuestion('last', 'nps'),
]);

describe('the path', () => {
  it('shows what the answers before allow; unknown hides', () => {
    expect(pathOf(branching, {}).questionIds).toEqual(['open', 'last']);
    expect(pathOf(branching, { open: { option: 'b' } }).questionIds).toEqual(['open', 'why', 'last']);
    expect(pathOf(branching, { open: { option: 'b' }, why: '客流少' }).questionIds).toEqual(['open', 'why', 'more', 'last']);
  });

  it('does not let an answer off the path decide anything', () => {
    expect(pathOf(branching, { open: { option: 'a' }, why: '客流少' }).questionIds).toEqual(['open', 'last']);
  });

  it('hides a question whose rule does not fit a draft', () => {
    const draft = buildDocument([
      buildQuestion('a', 'single'),
      buildQuestion('b', 'text', { showIf: rule({ attribute: 'gone', operator: 'isKnown' }) }),
    ]);
    expect(pathOf(draft, {}).questionIds).toEqual(['a']);
  });

  it('is what the rules language says of the answers on it', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        const path = pathOf(document, answers);
        for (const question of questionsOf(document)) {
          const earlier = Object.fromEntries(Object.entries(path.values).filter(([id]) => answerRegistry(document, question.id).has(id)));
          const isShown = !question.showIf || evaluate(question.showIf, earlier, answerRegistry(document, question.id)).outcome === true;
          expect([question.id, path.questionIds.includes(question.id)]).toEqual([question.id, isShown]);
        }
        expect(path.pages.flatMap((page) => page.questions)).toEqual(path.questions);
      }),
    );
  });

  it('never throws, whatever the answers hold', () => {
    fc.assert(
      fc.property(
        anyDocument,
        fc.dictionary(fc.constantFrom('q0', 'q1', 'q2', 'x'), fc.anything()),
        (document, answers) => void pathOf(document, answers),
      ),
    );
  });
});

describe('what the server takes', () => {
  it('names every broken answer with question and rule', () => {
    const checked = checkSubmission(branching, { open: { option: 'zzz' }, last: 11 });
    expect(checked.ok ? [] : checked.errors.map((each) => [each.questionId, each.rule])).toEqual([
      ['open', 'unknown-option'],
      ['last', 'range'],
    ]);
    const missing = checkSubmission(branching, { open: { option: 'b' }, why: '  ' });
    expect(missing.ok ? [] : missing.errors.map((each) => [each.questionId, each.rule])).toEqual([
      ['why', 'required'],
      ['last', 'required'],
    ]);
  });

  it('refuses an answer off the path and to a question that is not there; the phone prunes', () => {
    const answers = { open: { option: 'a' }, why: '客流少', last: 5 };
    const checked = checkSubmission(branching, answers);
    expect(checked.ok ? [] : checked.errors.map((each) => [each.questionId, each.rule])).toEqual([['why', 'off-path']]);
    const pruned = checkAnswers(branching, answers);
    expect(pruned.ok && pruned.answers).toEqual({ open: { option: 'a' }, last: 5 });
    const stranger = checkSubmission(branching, { open: { option: 'a' }, last: 5, constructor: 'x' });
    expect(stranger.ok ? [] : stranger.errors.map((each) => each.rule)).toEqual(['unknown-question']);
    expect(checkSubmission(branching, { open: { option: 'a' }, why: '', last: 5 }).ok).toBe(true);
    for (const input of [null, [], 'x', 5]) expect(checkSubmission(branching, input).ok).toBe(false);
  });

  it('takes what the phone sends: pruned answers pass, and pass again', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        const checked = checkAnswers(document, answers);
        if (!checked.ok) return;
        const sent = checkSubmission(document, JSON.parse(JSON.stringify(checked.answers)));
        expect(sent).toMatchObject({ ok: true, answers: checked.answers });
        expect(sent.path.questionIds).toEqual(checked.path.questionIds);
      }),
    );
  });

  it('refuses exactly the answers off the path', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        const { questionIds } = pathOf(document, answers);
        const off = Object.keys(answers).filter((id) => !questionIds.includes(id));
        const checked = checkSubmission(document, answers);
        const refused = checked.ok ? [] : checked.errors.filter((each) => each.rule === 'off-path').map((each) => each.questionId);
        expect(refused).toEqual(off);
      }),
    );
  });
});

describe('one question per screen', () => {
  it('goes forth and back over the path', () => {
    const answers = { open: { option: 'b' } };
    expect(nextQuestion(branching, answers, null)?.id).toBe('open');
    expect(nextQuestion(branching, answers, 'open')?.id).toBe('why');
    expect(nextQuestion(branching, answers, 'last')).toBeUndefined();
    expect(previousQuestion(branching, answers, 'last')?.id).toBe('why');
    expect(previousQuestion(branching, answers, 'open')).toBeUndefined();
    expect(previousQuestion(branching, answers, null)?.id).toBe('last');
  });

  it('goes on from a question that has just been hidden', () => {
    expect(nextQuestion(branching, { open: { option: 'a' } }, 'why')?.id).toBe('last');
    expect(previousQuestion(branching, { open: { option: 'a' } }, 'why')?.id).toBe('open');
  });

  it('walks every question of the path once, both ways', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        // Bounded, so that a step in place fails the test instead of hanging it.
        const walk = (step: typeof nextQuestion): string[] => {
          const ids: string[] = [];
          for (let each = step(document, answers, null); each && ids.length < 50; each = step(document, answers, each.id))
            ids.push(each.id);
          return ids;
        };
        const forth = walk(nextQuestion);
        const back = walk(previousQuestion).reverse();
        expect(forth).toEqual(pathOf(document, answers).questionIds);
        expect(back).toEqual(forth);
      }),
    );
  });

  it('tells how far one is', () => {
    expect(progressOf(branching, {})).toEqual({ answered: 0, total: 2, requiredLeft: 2, share: 0, minutesLeft: 3 });
    expect(progressOf(branching, { open: { option: 'b' }, why: '客流少' })).toMatchObject({
      answered: 2,
      total: 4,
      requiredLeft: 1,
      share: 0.5,
    });
    expect(progressOf(branching, { open: { option: 'a' }, last: 3 })).toMatchObject({ answered: 2, total: 2, share: 1, minutesLeft: 0 });
    expect(firstUnanswered(branching, { open: { option: 'a' } })?.id).toBe('last');
  });

  it('counts the same as the check does', () => {
    fc.assert(
      fc.property(
        anyDocument.chain((document) => fc.tuple(fc.constant(document), anyAnswers(document))),
        ([document, answers]) => {
          const checked = checkAnswers(document, answers);
          const missing = checked.ok ? 0 : checked.errors.filter((each) => each.rule === 'required').length;
          expect(progressOf(document, answers).requiredLeft).toBe(missing);
        },
      ),
    );
  });
});
