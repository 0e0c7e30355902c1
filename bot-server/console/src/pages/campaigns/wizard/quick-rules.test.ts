import { describe, expect, it } from '@jest/globals';
import { type IndustryGroup, industryGroups } from '@suiban/shared/enterprises';
import type { RuleDocument } from '@suiban/shared/rules';
import { hasIndustry, ruleFrom, withAttributeAsked, withIndustry } from './quick-rules';

const named = (id: IndustryGroup['id']): IndustryGroup => {
  const group = industryGroups.find((each) => each.id === id);
  if (!group) throw new Error(id);
  return group;
};
const [catering, online, realEstate] = [named('catering'), named('online-economy'), named('real-estate')];
const everyone: RuleDocument = { v: 1, when: { all: [] } };
const district = { attribute: 'districtCode', operator: 'in', value: ['990101'] } as const;

describe('industries by one word', () => {
  it('are one condition, then any of several, beside what the rule has', () => {
    const one = withIndustry({ v: 1, when: { all: [district] } }, catering);
    expect(one.when).toEqual({ all: [district, { attribute: 'industryCode', operator: 'startsWith', value: '62' }] });
    const two = withIndustry(one, online);
    expect(two.when).toEqual({
      all: [
        district,
        {
          any: [
            { attribute: 'industryCode', operator: 'startsWith', value: '62' },
            { attribute: 'tags', operator: 'containsAny', value: ['在线新经济'] },
          ],
        },
      ],
    });
    expect(hasIndustry(two, catering) && hasIndustry(two, online)).toBe(true);
    expect(hasIndustry(two, realEstate)).toBe(false);
  });

  it('go out again as they came in', () => {
    for (const group of industryGroups) {
      const there = withIndustry(withIndustry(everyone, catering), group);
      const back = withIndustry(there, group);
      expect(hasIndustry(back, group)).toBe(group === catering);
      if (group !== catering) expect(back).toEqual(withIndustry(everyone, catering));
    }
    expect(withIndustry(withIndustry(everyone, catering), catering)).toEqual(everyone);
  });

  it('are put beside a rule that is no list', () => {
    const not: RuleDocument = { v: 1, when: { not: district } };
    expect(withIndustry(not, catering).when).toEqual({
      all: [{ not: district }, { attribute: 'industryCode', operator: 'startsWith', value: '62' }],
    });
  });
});

describe('other beginnings', () => {
  it('asks for an attribute once', () => {
    const asked = withAttributeAsked(everyone, 'districtCode');
    expect(asked.when).toEqual({ all: [{ attribute: 'districtCode', operator: 'in' }] });
    expect(withAttributeAsked(asked, 'districtCode')).toBe(asked);
  });

  it('begins anew where what is stored is no rule', () => {
    expect(ruleFrom({ v: 2 })).toEqual(everyone);
    expect(ruleFrom({ v: 1, when: district })).toEqual({ v: 1, when: district });
  });
});
