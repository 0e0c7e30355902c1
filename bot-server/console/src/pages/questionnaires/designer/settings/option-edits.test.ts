import { describe, expect, it } from '@jest/globals';
import { addOther, insertOption, moveOption, pasteOptions, removeOption, withFlag } from './option-edits';

const options = [
  { id: 'o1', label: { zh: '甲' } },
  { id: 'o2', label: { zh: '' } },
];
const labels = (given: readonly { readonly label: { readonly zh: string } }[] | undefined) => given?.map((each) => each.label.zh);

describe('the list of options', () => {
  it('takes a new one with an id of its own, and says where to type', () => {
    expect(insertOption(options, 1)).toEqual({ options: [options[0], { id: 'o3', label: { zh: '' } }, options[1]], focusAt: 1 });
    expect(removeOption(options, 0)).toEqual({ options: [options[1]], focusAt: 0 });
  });

  it('moves within its ends', () => {
    expect(labels(moveOption(options, 0, 1).options)).toEqual(['', '甲']);
    expect(moveOption(options, 0, -1).options).toBe(options);
    expect(moveOption(options, 1, 1).options).toBe(options);
  });

  it('fills an empty option with the first line pasted and adds the others behind it', () => {
    expect(labels(pasteOptions(options, 1, '乙\r\n\n 丙 \n丁')?.options)).toEqual(['甲', '乙', '丙', '丁']);
    expect(labels(pasteOptions(options, 0, '乙\n丙')?.options)).toEqual(['甲', '乙', '丙', '']);
    expect(pasteOptions(options, 1, '乙')).toBeUndefined();
    const pasted = pasteOptions(options, 1, '乙\n丙\n丁');
    expect(new Set(pasted?.options.map((each) => each.id)).size).toBe(4);
    expect(pasted?.focusAt).toBe(3);
  });

  it('marks an option and takes the mark off without a trace', () => {
    const [other] = addOther([], false);
    expect(other).toEqual({ id: 'o1', label: { zh: '其他' }, withText: true });
    expect(addOther([], true)[0]?.label.en).toBe('Other');
    expect(other && withFlag(other, 'withText', false)).toEqual({ id: 'o1', label: { zh: '其他' } });
  });
});
