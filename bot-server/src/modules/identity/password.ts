import { DomainError } from '@suiban/shared/errors';
import { hashPassword, isPassword } from '../../kernel/crypto/password';
import { randomToken } from '../../kernel/crypto/token';
import { passwordLength } from './identity.policy';

let nobody: Promise<string> | undefined;

/** Takes the same time for an unknown name (no hash) as for a known one. */
export async function isPasswordOf(hash: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomToken());
  const isEqual = await isPassword(password, hash ?? (await nobody));
  return isEqual && hash !== undefined;
}

/** @throws DomainError identity:weak-password naming the rule */
export function checkNewPassword(password: string, username: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const rules: [boolean, string][] = [
    [password.length < passwordLength.min, `至少 ${passwordLength.min} 个字符`],
    [kinds < 3, '大写字母、小写字母、数字、符号中至少包含三类'],
    [password.toLowerCase().includes(username), '不能包含用户名'],
    [new Set(password).size < 6, '至少包含 6 个不同的字符'],
  ];
  const broken = rules.filter(([isBroken]) => isBroken).map(([, rule]) => rule);
  if (broken.length === 0) return;
  throw new DomainError('identity:weak-password', `新密码不符合要求：${broken.join('；')}`, {
    errors: broken.map((detail) => ({ pointer: '/body/newPassword', detail })),
  });
}

/** To be read out and typed once: letters that are not mistaken for each other, all four kinds in it. */
export const firstPassword = (): string => `${randomToken(12).replace(/[-_lIO0]/g, 'x')}-aB3`;
