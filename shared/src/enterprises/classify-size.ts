import { type Measure, type SizeClass, type SizeStandard, sizeStandards } from './size-standards';

export interface SizeFacts {
  /** GB/T 4754, two to four digits; a leading section letter is ignored. */
  readonly industryCode: string | null;
  readonly staffCount: number | null;
  readonly annualRevenueFen: number | null;
  readonly totalAssetsFen: number | null;
}

export interface SizeFinding {
  /** null where what is missing could change the class. */
  readonly size: SizeClass | null;
  /** The row of the standard that was applied; null without an industry. */
  readonly basis: SizeStandard | null;
  /** What has to be known first; absent where the class is certain. */
  readonly missing?: readonly ('industryCode' | Measure)[];
}

const classes = ['large', 'medium', 'small'] as const;
const fenPerWan = 1_000_000;

/** The highest class whose minima are all met, else micro. A missing figure matters only where it could change the answer. */
export function classifySize(facts: SizeFacts): SizeFinding {
  const basis = standardOf(facts.industryCode);
  if (!basis) return { size: null, basis: null, missing: ['industryCode'] };
  for (const [row, size] of classes.entries()) {
    const minima = basis.minima[row] ?? [];
    const met = basis.measures.map((measure, index) => isMet(measure, facts[measure], minima[index] ?? 0));
    if (met.includes(false)) continue;
    const missing = basis.measures.filter((_, index) => met[index] === null);
    return missing.length > 0 ? { size: null, basis, missing } : { size, basis };
  }
  return { size: 'micro', basis };
}

function isMet(measure: Measure, figure: number | null, minimum: number): boolean | null {
  if (figure === null) return null;
  return figure >= (measure === 'staffCount' ? minimum : minimum * fenPerWan);
}

/** The row with the longest code that begins the industry's. */
function standardOf(industryCode: string | null): SizeStandard | null {
  const code = (industryCode ?? '').trim().replace(/^[A-Ta-t](?=\d)/, '');
  if (!/^\d{2,4}$/.test(code)) return null;
  let best: SizeStandard | null = null;
  let bestLength = -1;
  for (const standard of sizeStandards) {
    for (const prefix of standard.codes) {
      if (code.startsWith(prefix) && prefix.length > bestLength) {
        best = standard;
        bestLength = prefix.length;
      }
    }
  }
  return best;
}
