import type { Me } from '@suiban/shared/api/identity';
import { dictionary, type Lang } from '@suiban/shared/text';

export const shellWords = dictionary(
  {
    workbench: '工作台',
    outreach: '推送与走访',
    campaigns: '推送活动',
    questionnaires: '问卷',
    enterprises: '企业与居民',
    enterpriseList: '企业',
    imports: '导入名单',
    workOrders: '工单',
    conversations: '会话',
    audit: '审计',
    navigation: '主导航',
    skip: '跳到正文',
    light: '浅色',
    dark: '深色',
    followSystem: '跟随系统',
    signOut: '退出登录',
    account: '账号：{name}',
    fold: '收起导航',
    unfold: '展开导航',
    demoShort: '演示',
    demo: '演示数据',
    demoHint: '企业、人员与消息均为合成，不对应任何真实主体。',
  },
  {
    workbench: 'Workbench',
    outreach: 'Outreach',
    campaigns: 'Campaigns',
    questionnaires: 'Questionnaires',
    enterprises: 'Enterprises',
    enterpriseList: 'Enterprises',
    imports: 'Imports',
    workOrders: 'Work orders',
    conversations: 'Conversations',
    audit: 'Audit',
    navigation: 'Main navigation',
    skip: 'Skip to content',
    light: 'Light',
    dark: 'Dark',
    followSystem: 'Follow system',
    signOut: 'Sign out',
    account: 'Account: {name}',
    fold: 'Fold the navigation',
    unfold: 'Unfold the navigation',
    demoShort: 'Demo',
    demo: 'Demo data',
    demoHint: 'Firms, people and messages are synthetic; none of them exists.',
  },
);

type Role = Me['roles'][number];

const roleNames: Record<Role, { zh: string; en: string }> = {
  drafter: { zh: '拟制人', en: 'Drafter' },
  reviewer: { zh: '审核人', en: 'Reviewer' },
  signatory: { zh: '签发人', en: 'Signatory' },
  dispatcher: { zh: '派单员', en: 'Dispatcher' },
  handler: { zh: '承办人', en: 'Handler' },
  supervisor: { zh: '督办人员', en: 'Supervisor' },
  liaison: { zh: '服务专员', en: 'Liaison' },
  'system-admin': { zh: '系统管理员', en: 'System administrator' },
  'security-admin': { zh: '安全管理员', en: 'Security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'Audit administrator' },
};

export const roleLabel = (role: Role, lang: Lang): string => roleNames[role][lang];
