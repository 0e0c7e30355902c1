import { afterEach, describe, expect, it } from '@jest/globals';
import { newDocument } from '@suiban/shared/surveys';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { LanguageProvider } from '../../../i18n/language';
import { newQuestion, type Selection } from './document-edits';
import { QuestionCard } from './question-card';

afterEach(cleanup);

describe('a question on the canvas', () => {
  it('is selected by a click anywhere on its card, not on its title alone', () => {
    const question = { ...newQuestion(newDocument(), 'single'), title: { zh: '备货是否充足' } };
    const chosen: Selection[] = [];
    render(
      <LanguageProvider>
        <QuestionCard
          question={question}
          number={1}
          isSelected={false}
          sentence={undefined}
          select={(selection) => chosen.push(selection)}
        />
      </LanguageProvider>,
    );
    const card = screen.getByRole('article', { name: /备货是否充足/ });
    fireEvent.mouseUp(within(card).getByText('选项一'));
    expect(chosen).toEqual([{ of: 'question', questionId: question.id }]);
  });
});
