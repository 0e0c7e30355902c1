import { makeCreditCode } from '@suiban/shared/identity';
import { firmName } from './firm-names';
import { normal, pick, pickWeighted } from './random';

export interface SyntheticPlaces {
  readonly districts: readonly { readonly code: string; readonly subdistricts: readonly string[] }[];
  /** The city's word that marks what is made up: 演示. */
  readonly mark: string;
}

export interface SyntheticFirm {
  readonly creditCode: string;
  readonly name: string;
  readonly industryCode: string;
  readonly districtCode: string;
  readonly subdistrict: string | null;
  readonly staffCount: number;
  /** In 万元, whole. */
  readonly annualRevenueWan: number;
  readonly totalAssetsWan: number;
  readonly tags: readonly string[];
}

/** Roughly a large city's mix; industry, weight, median staff, 万元 of revenue per head. */
const trades: readonly (readonly [code: string, weight: number, staff: number, revenuePerHead: number])[] = [
  ['6210', 14, 12, 22],
  ['6220', 6, 8, 20],
  ['52', 18, 5, 45],
  ['51', 12, 7, 160],
  ['7299', 9, 9, 35],
  ['65', 8, 18, 55],
  ['64', 4, 20, 60],
  ['5430', 5, 22, 40],
  ['6020', 2, 40, 25],
  ['59', 2, 20, 40],
  ['61', 2, 25, 22],
  ['34', 4, 40, 60],
  ['39', 3, 60, 80],
  ['14', 2, 45, 50],
  ['50', 4, 14, 40],
  ['47', 2, 50, 70],
  ['7020', 2, 45, 18],
  ['7010', 1, 20, 400],
];

const tagsByTrade: Readonly<Record<string, readonly string[]>> = {
  '64': ['在线新经济'],
  '65': ['在线新经济', '高新技术企业'],
  '6220': ['外卖商户'],
  '6210': ['老字号', '外卖商户'],
  '39': ['高新技术企业', '专精特新'],
  '34': ['专精特新'],
};

type Chosen = Partial<Pick<SyntheticFirm, 'industryCode' | 'districtCode' | 'name'>>;

/** One firm of the synthetic city; what is given in `chosen` stands. */
export function syntheticFirm(random: () => number, places: SyntheticPlaces, chosen: Chosen = {}): SyntheticFirm {
  const trade = pickWeighted(
    random,
    trades.map((each) => [each, each[1]] as const),
  );
  const industryCode = chosen.industryCode ?? trade[0];
  const [, , staff, revenuePerHead] = trades.find(([code]) => code === industryCode) ?? trade;
  const district = places.districts.find(({ code }) => code === chosen.districtCode) ?? pickWeighted(random, weightsOf(places.districts));
  const staffCount = Math.min(20_000, Math.max(1, Math.round(staff * Math.exp(normal(random) * 0.9))));
  const annualRevenueWan = Math.max(1, Math.round(staffCount * revenuePerHead * Math.exp(normal(random) * 0.5)));
  return {
    creditCode: makeCreditCode(random, district.code),
    name: chosen.name ?? firmName(random, industryCode, places.mark),
    industryCode,
    districtCode: district.code,
    subdistrict: district.subdistricts.length > 0 ? pick(random, district.subdistricts) : null,
    staffCount,
    annualRevenueWan,
    totalAssetsWan: Math.max(1, Math.round(annualRevenueWan * (0.3 + random()))),
    tags: (tagsByTrade[industryCode] ?? []).filter(() => random() < 0.4),
  };
}

/** Uneven as cities are: the first district has about three times the firms of the last. */
const weightsOf = <T>(districts: readonly T[]): readonly (readonly [T, number])[] =>
  districts.map((district, index) => [district, 3 - (2 * index) / Math.max(1, districts.length - 1)] as const);

/** A mobile that nobody has: the ranges 142 and 143 are not given out. */
export const syntheticMobile = (serial: number): string => `142${String(serial).padStart(8, '0')}`;
