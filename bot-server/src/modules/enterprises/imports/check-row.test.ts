import { describe, expect, it } from '@jest/globals';
import { rowChecker } from './check-row';
import { guessMapping } from './columns';

const header = [
  '统一社会信用代码',
  '企业名称',
  '行业代码',
  '区',
  '从业人数',
  '手机号',
  '企业微信企业ID',
  '企业微信成员ID',
  '小程序openid',
  '已授权次数',
];
const places = {
  districts: [
    { code: '310101', name: '黄浦区' },
    { code: '310115', name: '浦东新区' },
  ],
  corps: [
    { corpId: 'ww1', agentId: 7 },
    { corpId: 'ww0', agentId: null },
  ],
};
const check = rowChecker(header, guessMapping(header), places);
const good = ['91110000802100433B', '甲饭店（演示）', '62', '黄浦', '12', '', '', '', '', ''];
const with_ = (changes: Record<number, string>): string[] => good.map((cell, index) => changes[index] ?? cell);
const rules = (cells: readonly string[]) => {
  const checked = check(5, cells);
  return 'faults' in checked ? checked.faults.map(({ column, rule }) => `${column}:${rule}`) : [];
};

describe('rowChecker', () => {
  it('takes over what is right, and says nothing of empty cells', () => {
    expect(check(5, good)).toEqual({
      firm: {
        line: 5,
        creditCode: '91110000802100433B',
        name: '甲饭店（演示）',
        industryCode: '62',
        districtCode: '310101',
        staffCount: 12,
      },
    });
  });

  it.each([
    ['the name of a district without its ending', with_({ 3: '浦东' }), '310115'],
    ['its code', with_({ 3: '310115' }), '310115'],
  ])('%s', (_, cells, districtCode) => {
    expect(check(1, cells)).toMatchObject({ firm: { districtCode } });
  });

  it.each([
    ['H62', '62'],
    ['餐饮业', '62'],
    ['6210', '6210'],
    ['０６', '06'],
  ])('industry %s', (text, industryCode) => {
    expect(check(1, with_({ 2: text }))).toMatchObject({ firm: { industryCode } });
  });

  it('a member of the own corp and of a joined one', () => {
    expect(check(1, with_({ 6: 'ww1', 7: 'zhang' }))).toMatchObject({ firm: { wecom: { corpId: 'ww1', agentId: 7, userId: 'zhang' } } });
    expect(check(1, with_({ 6: 'ww0', 7: 'zhang' }))).toMatchObject({ firm: { wecom: { agentId: null } } });
  });

  it('tells every fault of a row, each by its column', () => {
    expect(rules(with_({ 0: '9111', 1: '', 3: '月球', 4: '-1', 5: '123', 6: 'ww9', 7: 'u', 9: '3' }))).toEqual([
      '统一社会信用代码:credit-code.length',
      '企业名称:required',
      '区:unknown-district',
      '从业人数:negative',
      '手机号:mobile.length',
      '企业微信企业ID:unknown-corp',
      '小程序openid:pair',
    ]);
  });

  it('a cell beyond the header spoils the row; empty ones behind do not, nor a short row', () => {
    expect(rules([...good, '多'])).toEqual(['null:column-count']);
    expect(rules([...good, '', ' '])).toEqual([]);
    expect(rules(good.slice(0, 4))).toEqual([]);
  });

  it('industries 00 and 98 do not exist', () => {
    expect(rules(with_({ 2: '00' }))).toEqual(['行业代码:unknown-industry']);
    expect(rules(with_({ 2: '98' }))).toEqual(['行业代码:unknown-industry']);
    expect(rules(with_({ 2: '6' }))).toEqual(['行业代码:unknown-industry']);
  });
});

describe('further addresses', () => {
  const more = [...header, '邮箱', '服务号openid', '支付宝openid', '服务专员企业微信ID', '企业微信客户ID'];
  const judge = rowChecker(more, guessMapping(more), places);
  const at = (cells: readonly string[]) => judge(3, [...good, ...cells]);

  it('are taken over, mail in lower case and half width', () => {
    expect(at(['Office＠Firm.Example', 'oFollower01', '0Alipay000001', 'zhang', 'wmCustomer1'])).toMatchObject({
      firm: {
        email: 'office@firm.example',
        officialOpenid: 'oFollower01',
        alipayOpenid: '0Alipay000001',
        customer: { staffUserId: 'zhang', externalUserId: 'wmCustomer1' },
      },
    });
    expect(at(['', '', '', '', ''])).toEqual({ firm: expect.not.objectContaining({ email: expect.anything() }) });
  });

  it.each([
    [['office', '', '', '', ''], '邮箱:email'],
    [['a@b', '', '', '', ''], '邮箱:email'],
    [['a b@firm.example', '', '', '', ''], '邮箱:email'],
    [['', 'o 1', '', '', ''], '服务号openid:openid'],
    [['', '', '支付', '', ''], '支付宝openid:openid'],
    [['', '', '', 'zhang', ''], '企业微信客户ID:pair'],
    [['', '', '', '', 'wm1'], '服务专员企业微信ID:pair'],
  ])('%j is told as %s', (cells, fault) => {
    const checked = at(cells);
    expect('faults' in checked ? checked.faults.map(({ column, rule }) => `${column}:${rule}`) : []).toEqual([fault]);
  });
});
