import type { Lang } from '@suiban/shared/text';

type Texts = Readonly<Record<string, Readonly<Record<Lang, string>>>>;

const aggregates = {
  campaign: { zh: '推送活动', en: 'Campaign' },
  questionnaire: { zh: '问卷', en: 'Questionnaire' },
  submission: { zh: '答卷', en: 'Answers' },
  'work-order': { zh: '工单', en: 'Work order' },
  conversation: { zh: '会话', en: 'Conversation' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  import: { zh: '名单导入', en: 'Import' },
  invitation: { zh: '绑定邀请', en: 'Invitation' },
  official: { zh: '工作人员', en: 'Official' },
  person: { zh: '经办人', en: 'Agent' },
} as const satisfies Texts;

export const aggregateNames = Object.keys(aggregates) as readonly (keyof typeof aggregates)[];

/** The part of an action behind its object: `campaign.approved` → 签发. */
const actions: Texts = {
  created: { zh: '新建', en: 'created' },
  changed: { zh: '修改', en: 'changed' },
  saved: { zh: '保存草稿', en: 'draft saved' },
  published: { zh: '发布', en: 'published' },
  submitted: { zh: '送审', en: 'submitted for review' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  rejected: { zh: '退回', en: 'rejected' },
  approved: { zh: '签发', en: 'approved' },
  scheduled: { zh: '排定发送', en: 'scheduled' },
  launched: { zh: '启动发送', en: 'launched' },
  running: { zh: '开始发送', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  resumed: { zh: '继续', en: 'resumed' },
  halted: { zh: '异常自动停发', en: 'halted' },
  cancelled: { zh: '取消', en: 'cancelled' },
  completed: { zh: '发送完毕', en: 'completed' },
  closed: { zh: '填报截止', en: 'closed' },
  retried: { zh: '重发失败', en: 'failures retried' },
  'test-sent': { zh: '试发', en: 'test sent' },
  exported: { zh: '导出名单', en: 'list exported' },
  'answers-exported': { zh: '导出答卷', en: 'answers exported' },
  'unknown-resolved': { zh: '核实待定结果', en: 'unknown results resolved' },
  received: { zh: '收到答卷', en: 'received' },
  'name-looked': { zh: '查看企业名称', en: 'name looked at' },
  assigned: { zh: '派单', en: 'assigned' },
  accepted: { zh: '签收', en: 'accepted' },
  returned: { zh: '退回派单员', en: 'returned' },
  'contact-recorded': { zh: '记录联系', en: 'contact recorded' },
  'plan-recorded': { zh: '记录方案', en: 'plan recorded' },
  'extension-requested': { zh: '申请延期', en: 'extension requested' },
  'extension-granted': { zh: '同意延期', en: 'extension granted' },
  'extension-denied': { zh: '不同意延期', en: 'extension denied' },
  replied: { zh: '提交答复', en: 'replied' },
  'reply-approved': { zh: '答复通过审核', en: 'reply approved' },
  'reply-rejected': { zh: '答复退改', en: 'reply rejected' },
  supervised: { zh: '督办', en: 'supervised' },
  urged: { zh: '企业催办', en: 'urged' },
  supplemented: { zh: '企业补充材料', en: 'supplemented' },
  rated: { zh: '企业评价', en: 'rated' },
  reopened: { zh: '企业申请重办', en: 'reopened' },
  'operator-asked': { zh: '请求人工', en: 'operator asked for' },
  'operator-assigned': { zh: '坐席接待', en: 'operator assigned' },
  'operator-left': { zh: '退出人工', en: 'operator left' },
  transferred: { zh: '转其他单位', en: 'transferred' },
  'handed-back': { zh: '交回自动应答', en: 'handed back' },
  'closed-silently': { zh: '逾期未评价，系统办结', en: 'closed in silence' },
  'due-soon': { zh: '即将到期', en: 'due soon' },
  overdue: { zh: '已超期', en: 'overdue' },
  'agent-bound': { zh: '绑定经办人', en: 'agent bound' },
  'contact-unmasked': { zh: '查看联系人完整号码', en: 'contact shown in full' },
  'tags-changed': { zh: '修改标签', en: 'tags changed' },
  suppressed: { zh: '设为按规则不发', en: 'suppressed' },
  unsuppressed: { zh: '恢复发送', en: 'no longer suppressed' },
  uploaded: { zh: '上传文件', en: 'uploaded' },
  started: { zh: '开始导入', en: 'started' },
  planned: { zh: '发出邀请', en: 'sent' },
  added: { zh: '新增', en: 'added' },
  'signed-in': { zh: '登录', en: 'signed in' },
  'password-changed': { zh: '修改密码', en: 'password changed' },
  merged: { zh: '合并身份', en: 'merged' },
  'mobile-bound': { zh: '绑定手机号', en: 'mobile bound' },
};

/** Fields of a change. What is not named here is shown by its own name. */
const fields: Texts = {
  state: { zh: '状态', en: 'state' },
  hash: { zh: '内容编号', en: 'content id' },
  questions: { zh: '题数', en: 'questions' },
  version: { zh: '版本', en: 'version' },
  device: { zh: '设备', en: 'device' },
  isDemo: { zh: '演示账号', en: 'demo account' },
  isNewDevice: { zh: '新设备', en: 'new device' },
  bureauId: { zh: '承办单位', en: 'bureau' },
  matterId: { zh: '事项', en: 'matter' },
  revision: { zh: '修订', en: 'revision' },
  roles: { zh: '角色', en: 'roles' },
  isActive: { zh: '启用', en: 'active' },
  tags: { zh: '标签', en: 'tags' },
  count: { zh: '数量', en: 'count' },
  planned: { zh: '应发', en: 'planned' },
  imported: { zh: '导入', en: 'imported' },
  rejected: { zh: '有误', en: 'rejected' },
  title: { zh: '标题', en: 'title' },
};

const named = (texts: Texts, key: string, lang: Lang): string => (Object.hasOwn(texts, key) ? (texts[key]?.[lang] ?? key) : key);

export const aggregateText = (aggregate: string, lang: Lang): string => named(aggregates, aggregate, lang);

/** An action that is not named here (a newer server) keeps its code: an auditor sees everything. */
export const actionText = (action: string, lang: Lang): string => {
  const verb = action.slice(action.indexOf('.') + 1);
  return named(actions, verb, lang);
};

export const fieldText = (field: string, lang: Lang): string => named(fields, field, lang);

const yesNo = { zh: { true: '是', false: '否' }, en: { true: 'yes', false: 'no' } } as const;

export function valueText(value: unknown, lang: Lang): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return yesNo[lang][`${value}`];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
