import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { attributeRegistry, type RuleDocument } from '@suiban/shared/rules';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { RuleEditor } from './rule-editor';

const label = (zh: string) => ({ zh, en: zh });
const registry = attributeRegistry([
  { name: 'staff', label: label('从业人数'), type: 'integer', unit: label('人'), owner: 'test', source: label('名单') },
  { name: 'revenue', label: label('营业收入'), type: 'money', owner: 'test', source: label('名单') },
]);
const staff = (value: number) => ({ attribute: 'staff', operator: 'gte', value }) as const;

function Held({ start, told }: { start: RuleDocument; told: (rule: RuleDocument) => void }) {
  const [rule, setRule] = useState(start);
  const change = (next: RuleDocument) => {
    setRule(next);
    told(next);
  };
  return <RuleEditor rule={rule} onChange={change} registry={registry} label="对象规则" />;
}

function show(when: RuleDocument['when']) {
  const told = jest.fn<(rule: RuleDocument) => void>();
  render(<Held start={{ v: 1, when }} told={told} />);
  return { told, last: () => told.mock.lastCall?.[0].when };
}

afterEach(cleanup);

describe('RuleEditor', () => {
  it('says the rule in one sentence and what is wrong beside the place', () => {
    show({ all: [staff(10), staff(10)] });
    expect(screen.getByText(/从业人数不少于 10 人，并且从业人数不少于 10 人/)).toBeTruthy();
    const second = screen.getByRole('group', { name: '条件 2' });
    expect(within(second).getByText('与前面的条件重复')).toBeTruthy();
    expect(within(screen.getByRole('group', { name: '条件 1' })).queryByText('与前面的条件重复')).toBeNull();
  });

  it('adds, duplicates, moves and removes by keyboard, with the focus on what came', () => {
    const { last } = show({ all: [staff(10), staff(20)] });
    const keyIn = (name: string, code: string) =>
      fireEvent.keyDown(within(screen.getByRole('group', { name })).getAllByRole('combobox')[0] as HTMLElement, { altKey: true, code });
    keyIn('条件 1', 'KeyC');
    expect(last()).toEqual({ all: [staff(10), staff(10), staff(20)] });
    expect(screen.getByRole('group', { name: '条件 2' }).contains(document.activeElement)).toBe(true);
    keyIn('条件 3', 'ArrowUp');
    expect(last()).toEqual({ all: [staff(10), staff(20), staff(10)] });
    keyIn('条件 1', 'Backspace');
    expect(last()).toEqual({ all: [staff(20), staff(10)] });
    keyIn('条件 2', 'Enter');
    expect(screen.getByRole('group', { name: '条件 3' }).contains(document.activeElement)).toBe(true);
    expect(screen.getByText('请选择属性和取值')).toBeTruthy();
  });

  it('reads money in 万元 and writes fen', () => {
    const { last } = show({ all: [{ attribute: 'revenue', operator: 'gte', value: 50_000_000 }] });
    const input = screen.getByLabelText('取值 (万元)');
    expect((input as HTMLInputElement).value).toBe('50');
    fireEvent.change(input, { target: { value: '12.5' } });
    expect(last()).toEqual({ all: [{ attribute: 'revenue', operator: 'gte', value: 12_500_000 }] });
  });

  it('tells of a contradiction', () => {
    show({ all: [staff(10), { attribute: 'staff', operator: 'lt', value: 5 }] });
    expect(screen.getByText('这些条件互相矛盾，不可能同时成立')).toBeTruthy();
  });
});
