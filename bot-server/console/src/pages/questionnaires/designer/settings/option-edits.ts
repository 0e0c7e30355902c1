import type { MultipleOption } from '@suiban/shared/surveys';
import { newOptionId } from '../document-edits';

/** What a change of the list does: the options, and which one is typed in next. */
export interface OptionEdit {
  readonly options: readonly MultipleOption[];
  readonly focusAt: number;
}

type Options = readonly MultipleOption[];

/** The label of a new option is empty: it is typed next, and the checks name one that stays so. */
export const insertOption = (options: Options, at: number): OptionEdit => ({
  options: [...options.slice(0, at), { id: newOptionId(options), label: { zh: '' } }, ...options.slice(at)],
  focusAt: at,
});

export const removeOption = (options: Options, at: number): OptionEdit => ({
  options: options.filter((_, index) => index !== at),
  focusAt: Math.max(0, at - 1),
});

export function moveOption(options: Options, at: number, by: -1 | 1): OptionEdit {
  const item = options[at];
  const to = at + by;
  if (!item || to < 0 || to >= options.length) return { options, focusAt: at };
  const rest = options.filter((_, index) => index !== at);
  return { options: [...rest.slice(0, to), item, ...rest.slice(to)], focusAt: to };
}

/** “其他”, which asks for words. */
export const addOther = (options: Options, hasEnglish: boolean): Options => [
  ...options,
  { id: newOptionId(options), label: hasEnglish ? { zh: '其他', en: 'Other' } : { zh: '其他' }, withText: true },
];

const longestLabel = 200;

/** Several lines become several options: the first fills an empty one, the others follow. Undefined for a single line. */
export function pasteOptions(options: Options, at: number, text: string): OptionEdit | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().slice(0, longestLabel))
    .filter((line) => line !== '');
  if (lines.length < 2) return undefined;
  const next: MultipleOption[] = [...options];
  const current = next[at];
  const [first = '', ...others] = lines;
  const isFilled = current?.label.zh === '';
  if (current && isFilled) next[at] = { ...current, label: { zh: first } };
  const rest = isFilled ? others : lines;
  rest.forEach((zh, index) => {
    next.splice(at + 1 + index, 0, { id: newOptionId(next), label: { zh } });
  });
  return { options: next, focusAt: at + rest.length };
}

export function withFlag(option: MultipleOption, flag: 'withText' | 'exclusive', isSet: boolean): MultipleOption {
  const { [flag]: _, ...rest } = option;
  return isSet ? { ...rest, [flag]: true } : rest;
}
