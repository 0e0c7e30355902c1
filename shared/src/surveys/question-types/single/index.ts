import { record } from '../../reading';
import { type Option, options } from '../choices';
import { oneChoice } from '../one-choice';

export interface SingleConfig {
  readonly options: readonly Option[];
}

/** 单选题: all options on screen, one may be chosen. */
export const single = oneChoice({
  kind: 'single',
  name: { zh: '单选题', en: 'Single choice' },
  config: record<SingleConfig>({ options }),
  newConfig: (fresh) => ({ options: fresh }),
});
