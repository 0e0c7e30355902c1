import type { LocalText } from '../../../words';
import { questionType } from '../../question-type';
import { localText, optional, record } from '../../reading';
import { addNumber, emptyNumbers, type NumberTally, numbersOf, pointBars } from '../numbers';
import { scale } from '../scale';

export interface NpsConfig {
  readonly lowLabel?: LocalText;
  readonly highLabel?: LocalText;
}

const points = (config: NpsConfig) => ({ ...config, min: 0, max: 10 });

const countIn = (tally: NumberTally, from: number, to: number): number =>
  pointBars(tally, from, to).reduce((total, each) => total + each.count, 0);

/** NPS: how likely one is to recommend, 0 to 10. 9–10 promote, 0–6 detract. */
export const nps = questionType<'nps', NpsConfig, number, NumberTally>({
  kind: 'nps',
  name: { zh: '推荐度（NPS）', en: 'Recommendation (NPS)' },
  config: record<NpsConfig>({ lowLabel: optional(localText({ max: 20 })), highLabel: optional(localText({ max: 20 })) }),
  newConfig: () => ({ lowLabel: { zh: '完全不会', en: 'Not at all' }, highLabel: { zh: '非常愿意', en: 'Very likely' } }),
  checkConfig: () => [],
  blank: () => null,
  isBlank: (answer) => answer === undefined || answer === null,
  checkAnswer: (config, answer) => scale.checkAnswer(points(config), answer),
  toText: (config, answer, language) => scale.toText(points(config), answer, language),
  attribute: () => ({ type: 'number' }),
  ruleAnswer: (config, answer) => scale.ruleAnswer(points(config), answer),
  card: (config, language) => scale.card(points(config), language),
  fromCard: (config, optionIds) => scale.fromCard(points(config), optionIds),
  sample: (_config, at) => at % 11,
  aggregate: {
    start: emptyNumbers,
    add: addNumber,
    result(_config, tally) {
      const promoters = countIn(tally, 9, 10);
      const detractors = countIn(tally, 0, 6);
      const score = tally.answered === 0 ? null : ((promoters - detractors) / tally.answered) * 100;
      return { ...numbersOf(tally, pointBars(tally, 0, 10)), form: 'nps', promoters, passives: countIn(tally, 7, 8), detractors, score };
    },
  },
});
