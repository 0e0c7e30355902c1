const outer = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015 from the text of the standard, written a second time: the demo must not agree with the import by sharing its code. */
export function isSoundCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  let sum = 0;
  for (let index = 0, weight = 1; index < 17; index += 1, weight = (weight * 3) % 31) sum += outer.indexOf(code.charAt(index)) * weight;
  if (outer.charAt((31 - (sum % 31)) % 31) !== code.charAt(17)) return false;
  const inner = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, index) => total + Number.parseInt(code.charAt(8 + index), 36) * weight, 0);
  return '0X987654321'.charAt(inner % 11) === code.charAt(16);
}
