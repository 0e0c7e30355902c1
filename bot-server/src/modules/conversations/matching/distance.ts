/**
 * Whether one slip of the hand lies between two words: a character changed, left out, put in, or two neighbours exchanged
 * (Damerau-Levenshtein ≤ 1).
 */
export function isOneSlip(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [leftA, leftB] = [endA - from, endB - from];
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && a[from] === b[from + 1] && a[from + 1] === b[from];
}
