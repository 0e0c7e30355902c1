/** Keeps the first and the last characters and hides the rest; a text too short to hide anything is hidden whole. */
function mask(text: string, keepFirst: number, keepLast: number): string {
  const chars = [...text];
  const hidden = chars.length - keepFirst - keepLast;
  if (hidden < Math.ceil(chars.length / 3)) return '*'.repeat(chars.length);
  return chars.slice(0, keepFirst).join('') + '*'.repeat(hidden) + (keepLast > 0 ? chars.slice(-keepLast).join('') : '');
}

/** 张*; one star whatever the length, which would help to guess. */
export function maskName(name: string): string {
  const [first, ...others] = [...name.trim()];
  if (first === undefined) return '';
  return others.length === 0 ? '*' : `${first}*`;
}

/** 138****5678 */
export const maskMobile = (mobile: string): string => mask(mobile, 3, 4);

/** 310***********0016 */
export const maskIdNumber = (number: string): string => mask(number, 3, 4);

/** 9131**********433B */
export const maskCreditCode = (code: string): string => mask(code, 4, 4);

/** c***@example.com */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return at <= 0 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
};
