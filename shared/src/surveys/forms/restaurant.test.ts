import { describe, expect, it } from '@jest/globals';
import { cardOf } from '../engine/card';
import { checkSubmission } from '../engine/check-answers';
import { extractProblems, nameVisibilityOf } from '../engine/extract-problems';
import { pulseForm } from './pulse';
import { restaurantForm } from './restaurant';

const setting = {
  issuingBody: '某机关',
  keptUntilOn: '2027-12-31',
  matters: [
    { id: 'rent', name: { zh: '房租', en: 'Rent' } },
    { id: 'jobs', name: { zh: '用工', en: 'Jobs' } },
  ],
};
const form = restaurantForm(setting);
const answers = {
  operation: { option: 'partial' },
  turnover: { option: 'down-much' },
  difficulties: { options: ['rent', 'customers'] },
  request: '房租占营业额四成，希望协调减免。',
  matter: { option: 'rent' },
  policies: { options: ['tax'] },
  contact: '13800001234',
  nameVisible: { option: 'public' },
};

describe('the restaurant form', () => {
  it('is answered, and its request becomes a problem with matter and reason', () => {
    const checked = checkSubmission(form, answers);
    if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
    expect(checked.answers).toEqual(answers);
    const [problem, ...others] = extractProblems(form, checked.answers);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ questionId: 'request', text: answers.request, matterId: 'rent' });
    expect(problem?.reasons[0]?.zh).toContain('房租');
    expect(nameVisibilityOf(form, checked.answers)).toBe('public');
  });

  it('takes at most three difficulties, and “none” only alone', () => {
    const rules = (options: readonly string[]) => {
      const { turnover: _, request: __, matter: ___, ...rest } = answers;
      const checked = checkSubmission(form, { ...rest, operation: { option: 'suspended' }, difficulties: { options } });
      return checked.ok ? [] : checked.errors.map((each) => each.rule);
    };
    expect(rules(['rent', 'cash', 'permits', 'labour'])).toContain('max-choices');
    expect(rules(['rent', 'none'])).toContain('exclusive');
    expect(rules(['none'])).toEqual([]);
  });

  it('goes out as a link; the pulse form fits a card', () => {
    expect(cardOf(form).ok).toBe(false);
    expect(cardOf(pulseForm(setting)).ok).toBe(true);
    const english = cardOf(pulseForm(setting), 'en');
    expect(english.ok && english.card.questions[1]?.options.map((each) => each.text)).toEqual(['Yes', 'Not now']);
  });
});
