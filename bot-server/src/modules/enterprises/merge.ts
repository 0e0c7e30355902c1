import { classifySize } from '@suiban/shared/enterprises';
import type { FirmWrite, KnownFirm } from './firms.repo';
import type { ImportedFirm } from './imports/check-row';

const steps = ['imported', 'invited', 'bound', 'subscribed'];
const further = (one: string, other: string): string => (steps.indexOf(one) >= steps.indexOf(other) ? one : other);

export const sizeOf = (firm: Pick<FirmWrite, 'industryCode' | 'staffCount' | 'annualRevenueFen' | 'totalAssetsFen'>) =>
  classifySize({
    industryCode: firm.industryCode,
    staffCount: firm.staffCount,
    annualRevenueFen: firm.annualRevenueFen === null ? null : Number(firm.annualRevenueFen),
    totalAssetsFen: firm.totalAssetsFen === null ? null : Number(firm.totalAssetsFen),
  }).size;

const isBound = ({ wecom, openid, officialOpenid, alipayOpenid, customer }: ImportedFirm): boolean =>
  [wecom, openid, officialOpenid, alipayOpenid, customer].some((given) => given !== undefined);

/** An empty cell does not erase what is known; the size class follows from what then stands. */
export function mergeFirm(known: KnownFirm | undefined, given: ImportedFirm, isDemo: boolean): FirmWrite {
  const merged = {
    creditCode: given.creditCode,
    name: given.name,
    industryCode: given.industryCode,
    districtCode: given.districtCode,
    subdistrict: given.subdistrict ?? known?.subdistrict ?? null,
    staffCount: given.staffCount ?? known?.staffCount ?? null,
    annualRevenueFen: given.annualRevenueFen ?? known?.annualRevenueFen ?? null,
    totalAssetsFen: given.totalAssetsFen ?? known?.totalAssetsFen ?? null,
    tags: given.tags ?? known?.tags ?? [],
    funnel: further(known?.funnel ?? 'imported', isBound(given) ? 'bound' : 'imported'),
    isDemo: isDemo || (known?.isDemo ?? false),
  };
  return { ...merged, sizeClass: sizeOf(merged) };
}
