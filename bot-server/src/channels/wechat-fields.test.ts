import { describe, expect, it } from '@jest/globals';
import { checkTemplate, dataOf, fieldRulesOf, fieldsOf, pageOf } from './wechat-fields';

const ruleOf = fieldRulesOf();

describe('field rules of templates', () => {
  it.each([
    ['thing1', '二十个字以内都可以的内容啊啊啊啊啊啊', true],
    ['thing1', '字'.repeat(21), false],
    ['time3', '2026年11月27日 18:00', true],
    ['time3', '18:00:30', true],
    ['time3', '18:00 ~ 20:00', true],
    ['time3', '今晚六点', false],
    ['date3', '2026年11月27日', true],
    ['date3', '2026-11-27 18:00', true],
    ['date3', '11月27日', false],
    ['phrase2', '处理中', true],
    ['phrase2', 'done', false],
    ['amount1', '¥10.00', true],
    ['amount1', '10.00元', true],
    ['amount1', '十元', false],
    ['number1', '12.5', true],
    ['number1', '1,2', false],
    ['character_string1', 'A-12/3', true],
    ['character_string1', '单号1', false],
    ['name1', '王小明', true],
    ['name1', 'Wang Xiaoming', true],
    ['name1', '字'.repeat(11), false],
    ['car_number1', '沪A12345', true],
  ])('%s: %s → %s', (key, value, isFine) => {
    expect(ruleOf(key)?.fits(value)).toBe(isFine);
  });

  it('know no other kinds', () => {
    expect(ruleOf('other1')).toBeUndefined();
    expect(ruleOf('thing')).toBeUndefined();
  });
});

describe('a template of the account', () => {
  it('names its fields and what each may hold', () => {
    expect(fieldsOf('问卷名称:{{thing1.DATA}}\n截止时间：{{time3.DATA}}\n{{first.DATA}}', ruleOf)).toEqual([
      { key: 'thing1', name: '问卷名称', rule: '20 个字以内' },
      { key: 'time3', name: '截止时间', rule: expect.stringContaining('24 小时制') },
      { key: 'first', name: '', rule: '' },
    ]);
  });

  it('is checked field by field, whatever the keys are called', () => {
    const problems = checkTemplate({ templateId: '', data: { thing1: '两\n行', constructor1: 'x', thing2: ' ' } }, ruleOf);
    expect(problems.map(({ field, rule }) => [field, rule])).toEqual([
      ['templateId', 'required'],
      ['data/thing1', 'characters'],
      ['data/constructor1', 'key'],
      ['data/thing2', 'required'],
    ]);
    expect(checkTemplate({ templateId: 't', data: {} }, ruleOf)).toEqual([expect.objectContaining({ field: 'data' })]);
  });

  it('is sent with its values in one order, whichever they were given in', () => {
    expect(JSON.stringify(dataOf({ b2: 'y', a1: 'x' }))).toBe(JSON.stringify(dataOf({ a1: 'x', b2: 'y' })));
  });

  it('opens its page with the token of the personal link alone', () => {
    expect(pageOf('pages/a/index', 'https://city.example/s/c-5-1-mac')).toBe('pages/a/index?link=c-5-1-mac');
    expect(pageOf('pages/a/index?from=1', 'https://city.example/s/c-5-1-mac')).toBe('pages/a/index?from=1&link=c-5-1-mac');
  });
});
