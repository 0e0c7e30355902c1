import type { ProblemSection } from './section';

export const identityProblems = {
  'identity:sign-in-failed': { status: 401, title: '用户名、密码或验证码不正确' },
  'identity:phone-code-wrong': { status: 401, title: '短信验证码不正确或已过期' },
  'identity:platform-code-refused': { status: 401, title: '平台登录凭证无效或已使用，请重新进入小程序' },
  'identity:too-many-tries': { status: 429, title: '尝试次数过多，请稍后再试' },
  'identity:weak-password': { status: 400, title: '新密码不符合要求' },
  'identity:username-taken': { status: 409, title: '用户名已被使用' },
} as const satisfies ProblemSection;
