import type { ProblemSection } from './section';

export const conversationProblems = {
  'conversations:wrong-state': { status: 409, title: '会话当前状态不能进行这一步，请刷新后查看' },
  'conversations:not-yours': { status: 409, title: '会话由其他坐席接待，请先转派给自己' },
} as const satisfies ProblemSection;
