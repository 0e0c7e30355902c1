export type { Checked } from './checked';
export { type CreditCodeRule, checkCreditCode, makeCreditCode } from './credit-code';
export { birthDateOf, checkIdNumber, type IdNumberRule } from './id-number';
export { maskCreditCode, maskEmail, maskIdNumber, maskMobile, maskName } from './mask';
export { checkMobile, type MobileRule } from './mobile';
export { normaliseCode } from './normalise';
