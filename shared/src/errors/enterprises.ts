import type { ProblemSection } from './section';

export const enterpriseProblems = {
  'enterprises:missing-columns': { status: 422, title: '导入文件缺少必需的列' },
  'enterprises:unreadable-file': { status: 422, title: '导入文件无法读取' },
  'enterprises:import-wrong-state': { status: 409, title: '该导入任务当前不能执行此操作' },
  'enterprises:invitation-invalid': { status: 404, title: '邀请链接无效或已过期' },
  'enterprises:mobile-differs': { status: 403, title: '请用收到邀请的手机号验证后再绑定' },
  'enterprises:nobody-to-invite': { status: 422, title: '所选范围内没有可以邀请的企业' },
} as const satisfies ProblemSection;
