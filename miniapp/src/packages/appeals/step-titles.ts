import type { TimelineAction } from '@suiban/shared/api/work-orders';
import type { Words } from '@suiban/shared/words';

/** What a step of the timeline says to the firm. */
export const stepTitles: Readonly<Record<TimelineAction, Words>> = {
  created: { zh: '诉求已提交', en: 'Reported' },
  assigned: { zh: '已派给办理单位', en: 'Assigned to a department' },
  accepted: { zh: '办理单位已签收', en: 'Accepted by the department' },
  returned: { zh: '已退回，重新分派', en: 'Returned, to be assigned again' },
  'contact-recorded': { zh: '办理单位已联系您', en: 'The department has contacted you' },
  'plan-recorded': { zh: '已制定办理方案', en: 'A plan was made' },
  'extension-requested': { zh: '办理单位申请延期', en: 'The department asked for more time' },
  'extension-granted': { zh: '已同意延期', en: 'More time was granted' },
  'extension-denied': { zh: '未同意延期，按原期限办理', en: 'More time was denied' },
  replied: { zh: '已提交答复，正在审核', en: 'A reply is under review' },
  'reply-approved': { zh: '已答复', en: 'Answered' },
  'reply-rejected': { zh: '答复退回修改', en: 'The reply was sent back for changes' },
  supervised: { zh: '督办部门已介入', en: 'A supervisor has stepped in' },
  urged: { zh: '您催办了一次', en: 'You urged it' },
  supplemented: { zh: '您补充了材料', en: 'You added details' },
  rated: { zh: '您已评价', en: 'You rated it' },
  reopened: { zh: '您申请了重办', en: 'You reopened it' },
  'closed-silently': { zh: '逾期未评价，系统办结', en: 'Not rated in time, closed by the system' },
  'due-soon': { zh: '临近答复期限，已提醒办理单位', en: 'Due soon, the department was reminded' },
  overdue: { zh: '超过答复期限', en: 'Overdue' },
  'name-looked': { zh: '因办理需要，查看了企业名称', en: 'The name of the firm was looked at for handling' },
};
