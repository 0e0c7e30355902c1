import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { questionsOf } from '../document';
import { buildDocument, buildQuestion, documentAndAnswers } from '../documents.arbitrary';
import { checkAnswers } from '../engine/check-answers';
import { addSubmission, resultsOf, startTally } from './results';

describe('results', () => {
  it('count who answered each question, and the bars of a choice', () => {
    const document = buildDocument([buildQuestion('a', 'single'), buildQuestion('b', 'multiple')]);
    let tally = startTally(document);
    tally = addSubmission(document, tally, { a: { option: 'a' }, b: { options: ['a', 'b'] } });
    tally = addSubmission(document, tally, { a: { option: 'other', otherText: '夜宵' } });
    expect(tally.submissions).toBe(2);
    const [a, b] = resultsOf(document, tally);
    expect(a?.aggregate).toMatchObject({ form: 'options', answered: 2, otherTexts: ['夜宵'] });
    expect(b?.aggregate).toMatchObject({ form: 'options', answered: 1 });
    if (a?.aggregate.form !== 'options') throw new Error('not options');
    expect(a.aggregate.bars.map((bar) => [bar.key, bar.count, bar.share])).toEqual([
      ['a', 1, 0.5],
      ['b', 0, 0],
      ['c', 0, 0],
      ['d', 0, 0],
      ['other', 1, 0.5],
    ]);
  });

  it('count every clean answer exactly once, also over a stored tally', () => {
    fc.assert(
      fc.property(documentAndAnswers, ([document, answers]) => {
        const checked = checkAnswers(document, answers);
        if (!checked.ok) return;
        const stored = JSON.parse(JSON.stringify(addSubmission(document, startTally(document), checked.answers)));
        const twice = addSubmission(document, stored, checked.answers);
        for (const { questionId, aggregate } of resultsOf(document, twice)) {
          expect([questionId, aggregate.answered]).toEqual([questionId, questionId in checked.answers ? 2 : 0]);
        }
        expect(resultsOf(document, twice)).toHaveLength(questionsOf(document).length);
      }),
    );
  });

  it('add up a hundred thousand distinct numbers in well under a second', () => {
    const document = buildDocument([buildQuestion('n', 'number', { config: {} } as never)]);
    const tally = startTally(document);
    for (let at = 0; at < 100_000; at += 1) addSubmission(document, tally, { n: at });
    expect(resultsOf(document, tally)[0]?.aggregate).toMatchObject({ answered: 100_000, median: 49_999.5 });
  });
});
