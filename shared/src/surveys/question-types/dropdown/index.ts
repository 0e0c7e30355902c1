import type { LocalText } from '../../../words';
import { localText, optional, record } from '../../reading';
import { type Option, options } from '../choices';
import { oneChoice } from '../one-choice';

export interface DropdownConfig {
  readonly options: readonly Option[];
  readonly placeholder?: LocalText;
}

/** 下拉题: one of many options, shown in a picker. */
export const dropdown = oneChoice({
  kind: 'dropdown',
  name: { zh: '下拉题', en: 'Dropdown' },
  config: record<DropdownConfig>({ options, placeholder: optional(localText({ max: 60 })) }),
  newConfig: (fresh): DropdownConfig => ({ options: fresh }),
});
