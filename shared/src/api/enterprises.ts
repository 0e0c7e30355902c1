import { z } from 'zod';
import type { RuleDocument } from '../rules';
import { id, instant, jsonObject, operation, pageOf, pageQuery } from './define';
import {
  enterpriseImportOperations,
  type importError,
  type importFields,
  type importMapping,
  type importPreview,
  type importRun,
} from './enterprise-imports';

export const sizeClasses = ['large', 'medium', 'small', 'micro'] as const;
export const funnelSteps = ['imported', 'invited', 'bound', 'subscribed'] as const;
export const invitationStates = ['planned', 'sending', 'accepted', 'refused', 'unknown'] as const;
/** Several values travel as one comma-separated text: `310101,310104`. */
const several = z.string().max(400).optional();
const funnel = z.enum(funnelSteps);

export const enterpriseSummary = z.object({
  id,
  creditCode: z.string(),
  name: z.string(),
  industryCode: z.string(),
  industryName: z.string().nullable(),
  districtCode: z.string(),
  districtName: z.string().nullable(),
  subdistrict: z.string().nullable(),
  staffCount: z.number().int().nullable(),
  /** Null when the figures its industry is judged by are missing. */
  sizeClass: z.enum(sizeClasses).nullable(),
  tags: z.array(z.string()),
  funnel,
  isSuppressed: z.boolean(),
  isDemo: z.boolean(),
});

const contact = z.object({ id, nameMasked: z.string().nullable(), mobileMasked: z.string() });
const agent = z.object({
  id,
  kind: z.enum(['openid', 'wechat-official', 'alipay-mini', 'mobile', 'wecom', 'wecom-contact']),
  /** In words, masked: `微信小程序 · 已绑定`, `138****5678`. */
  label: z.string(),
  boundBy: z.enum(['import', 'invitation', 'generator']),
  boundAt: instant,
});

export const invitation = z.object({
  id,
  enterpriseId: id,
  enterpriseName: z.string(),
  mobileMasked: z.string(),
  state: z.enum(invitationStates),
  tries: z.number().int(),
  plannedAt: instant,
  sentAt: instant.nullable(),
  expiresAt: instant,
  boundAt: instant.nullable(),
});

export const enterpriseDetail = enterpriseSummary.extend({
  annualRevenueFen: z.number().int().nullable(),
  totalAssetsFen: z.number().int().nullable(),
  suppressedReason: z.string().nullable(),
  contacts: z.array(contact),
  emails: z.array(z.object({ id, emailMasked: z.string() })),
  agents: z.array(agent),
  invitations: z.array(invitation),
  createdAt: instant,
  updatedAt: instant,
});

const labels = z.object({ zh: z.string(), en: z.string() });
/** The shape of `Attribute` in `shared/src/rules`, without the column: the rule editor builds its registry from it. */
export const enterpriseAttribute = z.object({
  name: z.string(),
  label: labels,
  type: z.enum(['text', 'enum', 'number', 'integer', 'money', 'date', 'boolean', 'set']),
  unit: labels.optional(),
  options: z.array(z.object({ value: z.string(), label: labels })).optional(),
  owner: z.string(),
  source: labels,
  freshness: labels.optional(),
});

const digits = z.string().regex(/^\d{1,18}$/);
const enterpriseId = z.strictObject({ enterpriseId: digits });
const reads = { auth: 'official', permission: 'enterprises.read', rate: 'read' } as const;
const filters = {
  /** Part of the name, or the beginning of a credit code. */
  q: z.string().trim().max(60).optional(),
  district: several,
  /** Industry codes; a two-digit code includes everything below it. */
  industry: several,
  size: several,
  tag: several,
  funnel: several,
};

export const enterprisesApi = {
  listEnterprises: operation({
    id: 'listEnterprises',
    method: 'get',
    path: '/api/enterprises',
    summary: '企业列表',
    ...reads,
    query: z.strictObject({ ...pageQuery, ...filters }),
    response: pageOf(enterpriseSummary),
  }),
  getEnterprise: operation({
    id: 'getEnterprise',
    method: 'get',
    path: '/api/enterprises/:enterpriseId',
    summary: '企业详情',
    ...reads,
    params: enterpriseId,
    response: enterpriseDetail,
  }),
  unmaskContact: operation({
    id: 'unmaskContact',
    method: 'post',
    path: '/api/enterprises/:enterpriseId/contacts/:contactId/unmasking',
    summary: '查看联系人完整信息（记录理由）',
    auth: 'official',
    permission: 'enterprises.unmask',
    rate: 'write',
    params: z.strictObject({ enterpriseId: digits, contactId: z.uuid() }),
    body: z.strictObject({ reason: z.string().trim().min(4).max(200) }),
    response: z.object({ name: z.string().nullable(), mobile: z.string() }),
  }),
  setSuppression: operation({
    id: 'setSuppression',
    method: 'put',
    path: '/api/enterprises/:enterpriseId/suppression',
    summary: '设为或取消按规则不发',
    auth: 'official',
    permission: 'enterprises.manage',
    rate: 'write',
    params: enterpriseId,
    body: z.strictObject({ isSuppressed: z.boolean(), reason: z.string().trim().min(2).max(200) }),
    response: enterpriseDetail,
  }),
  setTags: operation({
    id: 'setTags',
    method: 'put',
    path: '/api/enterprises/:enterpriseId/tags',
    summary: '修改标签',
    auth: 'official',
    permission: 'enterprises.manage',
    rate: 'write',
    params: enterpriseId,
    body: z.strictObject({ tags: z.array(z.string().trim().min(1).max(20)).max(20) }),
    response: enterpriseDetail,
  }),
  listEnterpriseAttributes: operation({
    id: 'listEnterpriseAttributes',
    method: 'get',
    path: '/api/enterprise-attributes',
    summary: '可用于规则的企业属性',
    ...reads,
    response: z.object({ items: z.array(enterpriseAttribute) }),
  }),
  getEnterpriseFunnel: operation({
    id: 'getEnterpriseFunnel',
    method: 'get',
    path: '/api/enterprise-funnel',
    summary: '触达漏斗',
    ...reads,
    query: z.strictObject(filters),
    /** `reached` counts firms that came at least so far; `at` those that stand there now. */
    response: z.object({
      total: z.number().int(),
      steps: z.array(z.object({ step: funnel, label: z.string(), at: z.number().int(), reached: z.number().int() })),
    }),
  }),

  createInvitations: operation({
    id: 'createInvitations',
    method: 'post',
    path: '/api/enterprise-invitations',
    summary: '短信邀请企业绑定经办人',
    auth: 'official',
    permission: 'enterprises.invite',
    rate: 'write',
    body: z.strictObject({
      target: z.union([
        z.strictObject({
          enterpriseIds: z
            .array(z.string().regex(/^\d{1,18}$/))
            .min(1)
            .max(1000),
        }),
        z.strictObject({ rule: jsonObject<RuleDocument>() }),
      ]),
      /** Plans refused ones again. */
      retryRefused: z.boolean().default(false),
    }),
    status: 202,
    response: z.object({
      planned: z.number().int(),
      skipped: z.object({
        alreadyInvited: z.number().int(),
        alreadyBound: z.number().int(),
        withoutMobile: z.number().int(),
        suppressed: z.number().int(),
      }),
    }),
    problems: ['enterprises:nobody-to-invite'],
  }),
  listInvitations: operation({
    id: 'listInvitations',
    method: 'get',
    path: '/api/enterprise-invitations',
    summary: '邀请记录',
    ...reads,
    query: z.strictObject({ ...pageQuery, state: z.enum(invitationStates).optional() }),
    response: pageOf(invitation),
  }),

  ...enterpriseImportOperations,

  /** What the page behind an invitation link shows before anything is proved. */
  getMyInvitation: operation({
    id: 'getMyInvitation',
    method: 'get',
    path: '/api/m/invitations/:token',
    summary: '查看邀请',
    auth: 'anonymous',
    permission: 'public',
    rate: 'public-read',
    params: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,120}$/) }),
    response: z.object({
      enterpriseName: z.string(),
      mobileMasked: z.string(),
      expiresAt: instant,
      isBound: z.boolean(),
      isDemo: z.boolean(),
    }),
    problems: ['enterprises:invitation-invalid'],
  }),
  /** Short link of an invitation SMS: redirects to the page that binds. */
  openInvitation: operation({
    id: 'openInvitation',
    method: 'get',
    path: '/i/:token',
    summary: '打开邀请短信里的链接',
    auth: 'anonymous',
    permission: 'public',
    rate: 'public-read',
    params: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,120}$/) }),
  }),
  /** The person must have proved (by SMS code) the mobile the invitation went to. Repeating it changes nothing. */
  bindByInvitation: operation({
    id: 'bindByInvitation',
    method: 'post',
    path: '/api/m/bindings',
    summary: '接受邀请，成为企业经办人',
    auth: 'person',
    permission: 'enterprises.bind',
    rate: 'write',
    body: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,120}$/) }),
    status: 201,
    response: z.object({ enterpriseId: id, name: z.string(), isDemo: z.boolean() }),
    problems: ['enterprises:invitation-invalid', 'enterprises:mobile-differs'],
  }),
};

export type EnterpriseSummary = z.output<typeof enterpriseSummary>;
export type EnterpriseDetail = z.output<typeof enterpriseDetail>;
export type EnterpriseAttribute = z.output<typeof enterpriseAttribute>;
/** What a column of an imported file can mean. */
export type ImportField = (typeof importFields)[number];
export type ImportMapping = z.output<typeof importMapping>;
export type ImportRun = z.output<typeof importRun>;
export type ImportPreview = z.output<typeof importPreview>;
export type ImportRowError = z.output<typeof importError>;
export type Invitation = z.output<typeof invitation>;
export type Funnel = (typeof funnelSteps)[number];
export type SizeClass = (typeof sizeClasses)[number];
