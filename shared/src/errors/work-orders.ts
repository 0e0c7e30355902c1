import type { ProblemSection } from './section';

export const workOrderProblems = {
  'work-orders:wrong-state': { status: 409, title: '工单当前状态不能进行这一步' },
  'work-orders:urged-recently': { status: 409, title: '刚刚催办过，请稍后再催' },
  'work-orders:too-many-attachments': { status: 409, title: '附件已达到数量上限' },
} as const satisfies ProblemSection;
