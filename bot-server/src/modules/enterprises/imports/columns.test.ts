import { describe, expect, it } from '@jest/globals';
import { fieldOf, findHeader, guessMapping, importColumns, missingColumns } from './columns';

describe('headers', () => {
  it.each([
    ['统一社会信用代码', 'creditCode'],
    [' 统一社会信用代码 *', 'creditCode'],
    ['Credit Code', 'creditCode'],
    ['单位名称', 'name'],
    ['所在区', 'district'],
    ['营业收入（万元）', 'annualRevenue'],
    ['营业收入(千元)', 'annualRevenue'],
    ['企业微信 成员ID', 'wecomUserId'],
    ['联系电话', 'mobile'],
    ['微信openid', 'openid'],
    ['订阅模板授权次数', 'templateCredits'],
  ])('%s', (header, field) => {
    expect(fieldOf(header)).toBe(field);
  });

  it('no synonym stands for two meanings', () => {
    for (const { field, synonyms } of importColumns) for (const synonym of synonyms) expect(fieldOf(synonym)).toBe(field);
  });

  it('the first column of a meaning wins; what is required and absent is named', () => {
    const mapping = guessMapping(['企业名称', '统一社会信用代码', '名称', '备注']);
    expect(mapping).toEqual({ name: 0, creditCode: 1 });
    expect(missingColumns(mapping).map(({ label }) => label)).toEqual(['行业代码', '区']);
  });

  it('titles above the header are skipped; without a header the first row is it', () => {
    expect(findHeader([['2026年企业名单'], [''], ['企业名称', '区'], ['甲', '乙']])).toBe(2);
    expect(
      findHeader([
        ['甲', '乙'],
        ['丙', '丁'],
      ]),
    ).toBe(0);
  });
});
