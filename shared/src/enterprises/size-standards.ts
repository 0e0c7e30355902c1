export type SizeClass = 'large' | 'medium' | 'small' | 'micro';
export type Measure = 'staffCount' | 'annualRevenueFen' | 'totalAssetsFen';

export interface SizeStandard {
  readonly id: string;
  readonly label: { readonly zh: string; readonly en: string };
  /** Divisions or classes of GB/T 4754, as prefixes of a code. */
  readonly codes: readonly string[];
  readonly measures: readonly Measure[];
  /** Minima of large, medium and small, one per measure: people, or 万元. Below the last is micro. */
  readonly minima: readonly [large: readonly number[], medium: readonly number[], small: readonly number[]];
}

const staffAndRevenue = ['staffCount', 'annualRevenueFen'] as const;
const revenueAndAssets = ['annualRevenueFen', 'totalAssetsFen'] as const;
const from = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(2, '0'));

/**
 * 工信部联企业〔2011〕300号. The longest code that fits decides (7020 before 70); `other` takes what nothing else does. The ranges of
 * codes and the row `other` are of memory, not of the text.
 */
export const sizeStandards: readonly SizeStandard[] = [
  {
    id: 'farming',
    label: { zh: '农、林、牧、渔业', en: 'Farming' },
    codes: from(1, 5),
    measures: ['annualRevenueFen'],
    minima: [[20000], [500], [50]],
  },
  {
    id: 'industry',
    label: { zh: '工业', en: 'Industry' },
    codes: from(6, 46),
    measures: staffAndRevenue,
    minima: [
      [1000, 40000],
      [300, 2000],
      [20, 300],
    ],
  },
  {
    id: 'construction',
    label: { zh: '建筑业', en: 'Construction' },
    codes: from(47, 50),
    measures: revenueAndAssets,
    minima: [
      [80000, 80000],
      [6000, 5000],
      [300, 300],
    ],
  },
  {
    id: 'wholesale',
    label: { zh: '批发业', en: 'Wholesale' },
    codes: ['51'],
    measures: staffAndRevenue,
    minima: [
      [200, 40000],
      [20, 5000],
      [5, 1000],
    ],
  },
  {
    id: 'retail',
    label: { zh: '零售业', en: 'Retail' },
    codes: ['52'],
    measures: staffAndRevenue,
    minima: [
      [300, 20000],
      [50, 500],
      [10, 100],
    ],
  },
  {
    id: 'transport',
    label: { zh: '交通运输业', en: 'Transport' },
    codes: from(53, 58),
    measures: staffAndRevenue,
    minima: [
      [1000, 30000],
      [300, 3000],
      [20, 200],
    ],
  },
  {
    id: 'storage',
    label: { zh: '仓储业', en: 'Storage' },
    codes: ['59'],
    measures: staffAndRevenue,
    minima: [
      [200, 30000],
      [100, 1000],
      [20, 100],
    ],
  },
  {
    id: 'post',
    label: { zh: '邮政业', en: 'Post' },
    codes: ['60'],
    measures: staffAndRevenue,
    minima: [
      [1000, 30000],
      [300, 2000],
      [20, 100],
    ],
  },
  {
    id: 'lodging',
    label: { zh: '住宿业', en: 'Lodging' },
    codes: ['61'],
    measures: staffAndRevenue,
    minima: [
      [300, 10000],
      [100, 2000],
      [10, 100],
    ],
  },
  {
    id: 'catering',
    label: { zh: '餐饮业', en: 'Catering' },
    codes: ['62'],
    measures: staffAndRevenue,
    minima: [
      [300, 10000],
      [100, 2000],
      [10, 100],
    ],
  },
  {
    id: 'information',
    label: { zh: '信息传输业', en: 'Information transmission' },
    codes: ['63', '64'],
    measures: staffAndRevenue,
    minima: [
      [2000, 100000],
      [100, 1000],
      [10, 100],
    ],
  },
  {
    id: 'software',
    label: { zh: '软件和信息技术服务业', en: 'Software' },
    codes: ['65'],
    measures: staffAndRevenue,
    minima: [
      [300, 10000],
      [100, 1000],
      [10, 50],
    ],
  },
  {
    id: 'property-development',
    label: { zh: '房地产开发经营', en: 'Property development' },
    codes: ['7010'],
    measures: revenueAndAssets,
    minima: [
      [200000, 10000],
      [1000, 5000],
      [100, 2000],
    ],
  },
  {
    id: 'property-management',
    label: { zh: '物业管理', en: 'Property management' },
    codes: ['7020'],
    measures: staffAndRevenue,
    minima: [
      [1000, 5000],
      [300, 1000],
      [100, 500],
    ],
  },
  {
    id: 'leasing',
    label: { zh: '租赁和商务服务业', en: 'Leasing and business services' },
    codes: ['71', '72'],
    measures: ['staffCount', 'totalAssetsFen'],
    minima: [
      [300, 120000],
      [100, 8000],
      [10, 100],
    ],
  },
  { id: 'other', label: { zh: '其他未列明行业', en: 'Other' }, codes: [''], measures: ['staffCount'], minima: [[300], [100], [10]] },
];
