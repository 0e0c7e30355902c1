import { z } from 'zod';
import { type bodyDraft, sendingChannel, sendingPlan, testSend } from './campaign-plan';
import {
  audiencePreview,
  type campaignAction,
  campaignCheck,
  type campaignCounts,
  campaignDetail,
  campaignDraft,
  campaignKind,
  campaignProgress,
  campaignProof,
  campaignState,
  campaignSummary,
  type campaignWindow,
  deliveryRow,
  deliveryState,
  deliveryTimeline,
  exclusions,
  reason,
  unknownResolution,
} from './campaign-schemas';
import { id, jsonObject, operation, pageOf, pageQuery } from './define';
import { personSession } from './identity';

const campaignId = z.strictObject({ campaignId: id });
const delivery = z.strictObject({ campaignId: id, seq: z.coerce.number().int().positive() });
const byOfficial = { auth: 'official', rate: 'read', permission: 'campaigns.read' } as const;

const steering = {
  method: 'post',
  auth: 'official',
  permission: 'campaigns.run',
  rate: 'write',
  params: campaignId,
  response: campaignDetail,
} as const;

export const campaignsApi = {
  listCampaigns: operation({
    ...byOfficial,
    id: 'listCampaigns',
    method: 'get',
    path: '/api/campaigns',
    summary: '推送与走访列表',
    query: z.strictObject({
      ...pageQuery,
      q: z.string().max(100).optional(),
      state: campaignState.optional(),
      kind: campaignKind.optional(),
    }),
    response: pageOf(campaignSummary),
  }),
  getCampaign: operation({
    ...byOfficial,
    id: 'getCampaign',
    method: 'get',
    path: '/api/campaigns/:campaignId',
    summary: '一次推送的全部设置与状态',
    params: campaignId,
    response: campaignDetail,
  }),
  createCampaign: operation({
    id: 'createCampaign',
    method: 'post',
    path: '/api/campaigns',
    summary: '新建推送或走访',
    auth: 'official',
    permission: 'campaigns.write',
    rate: 'write',
    status: 201,
    body: campaignDraft,
    response: campaignDetail,
    problems: ['campaigns:invalid-audience', 'campaigns:invalid-questionnaire'],
  }),
  /** Saving in review or after approval takes the campaign back to draft: what was approved is no longer what it is. */
  updateCampaign: operation({
    id: 'updateCampaign',
    method: 'put',
    path: '/api/campaigns/:campaignId',
    summary: '保存推送设置',
    auth: 'official',
    permission: 'campaigns.write',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({ draft: campaignDraft, revision: z.number().int() }),
    response: campaignDetail,
    problems: ['campaigns:wrong-state', 'campaigns:invalid-audience', 'campaigns:invalid-questionnaire', 'kernel:conflict'],
  }),
  previewAudience: operation({
    id: 'previewAudience',
    method: 'post',
    path: '/api/campaign-audience-previews',
    summary: '测算对象：人数、样本、排除原因、可达情况',
    auth: 'official',
    permission: 'campaigns.read',
    rate: 'read',
    body: z.strictObject({ audience: jsonObject<object>(), exclusions, plan: sendingPlan }),
    response: audiencePreview,
    problems: ['campaigns:invalid-audience'],
  }),
  checkCampaign: operation({
    ...byOfficial,
    id: 'checkCampaign',
    method: 'get',
    path: '/api/campaigns/:campaignId/check',
    summary: '送审前检查与各渠道预览',
    params: campaignId,
    response: campaignCheck,
  }),
  /** Templates of every account that sends by template, and their fields, for the wizard. */
  listMessageTemplates: operation({
    ...byOfficial,
    id: 'listMessageTemplates',
    method: 'get',
    path: '/api/message-templates',
    summary: '消息模板',
    response: z.object({
      items: z.array(
        z.object({
          channel: sendingChannel,
          account: z.string(),
          templateId: z.string(),
          title: z.string(),
          isLongTerm: z.boolean(),
          fields: z.array(z.object({ key: z.string(), name: z.string(), rule: z.string() })),
        }),
      ),
    }),
    problems: ['kernel:upstream'],
  }),
  sendTest: operation({
    id: 'sendTest',
    method: 'post',
    path: '/api/campaigns/:campaignId/test-sends',
    summary: '试发给一个接收人，不计入发送',
    auth: 'official',
    permission: 'campaigns.write',
    rate: 'write',
    params: campaignId,
    body: testSend,
    response: z.object({
      outcome: z.enum(['accepted', 'refused', 'unknown']),
      code: z.string().nullable(),
      codeLabel: z.string().nullable(),
    }),
    problems: ['campaigns:content-not-sendable', 'campaigns:wrong-address'],
  }),
  submitCampaign: operation({
    id: 'submitCampaign',
    method: 'post',
    path: '/api/campaigns/:campaignId/submission',
    summary: '送审',
    auth: 'official',
    permission: 'campaigns.write',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({ contentHash: z.string().length(64) }),
    response: campaignDetail,
    problems: ['campaigns:wrong-state', 'campaigns:content-not-sendable', 'campaigns:hash-changed'],
  }),
  withdrawCampaign: operation({
    id: 'withdrawCampaign',
    method: 'post',
    path: '/api/campaigns/:campaignId/withdrawal',
    summary: '撤回送审',
    auth: 'official',
    permission: 'campaigns.write',
    rate: 'write',
    params: campaignId,
    response: campaignDetail,
    problems: ['campaigns:wrong-state'],
  }),
  /** A different official than the drafter, over exactly the hash that was shown. */
  approveCampaign: operation({
    id: 'approveCampaign',
    method: 'post',
    path: '/api/campaigns/:campaignId/approval',
    summary: '签发',
    auth: 'official',
    permission: 'campaigns.sign',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({
      contentHash: z.string().length(64),
      /** 无需备案 with a reason, when the heading is not complete. */
      headingExemptionReason: reason.optional(),
    }),
    response: campaignDetail,
    problems: ['campaigns:wrong-state', 'campaigns:same-person', 'campaigns:hash-changed', 'campaigns:heading-missing'],
  }),
  rejectCampaign: operation({
    id: 'rejectCampaign',
    method: 'post',
    path: '/api/campaigns/:campaignId/rejection',
    summary: '退回修改',
    auth: 'official',
    permission: 'campaigns.sign',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({ reason }),
    response: campaignDetail,
    problems: ['campaigns:wrong-state', 'campaigns:same-person'],
  }),
  /** Freezes the audience and starts (or waits for `startAt`: state scheduled). Repeating it changes nothing. */
  launchCampaign: operation({
    ...steering,
    id: 'launchCampaign',
    path: '/api/campaigns/:campaignId/launch',
    summary: '启动发送',
    problems: [
      'campaigns:wrong-state',
      'campaigns:hash-changed',
      'campaigns:heading-missing',
      'campaigns:empty-audience',
      'campaigns:window-over',
    ],
  }),
  pauseCampaign: operation({
    ...steering,
    id: 'pauseCampaign',
    path: '/api/campaigns/:campaignId/pause',
    summary: '暂停发送',
    body: z.strictObject({ reason: reason.optional() }),
    problems: ['campaigns:wrong-state'],
  }),
  resumeCampaign: operation({
    ...steering,
    id: 'resumeCampaign',
    path: '/api/campaigns/:campaignId/resumption',
    summary: '继续发送',
    problems: ['campaigns:wrong-state', 'campaigns:window-over'],
  }),
  /** What was not sent becomes 已取消; what was sent stays. */
  cancelCampaign: operation({
    ...steering,
    id: 'cancelCampaign',
    path: '/api/campaigns/:campaignId/cancellation',
    summary: '取消未发的部分',
    body: z.strictObject({ reason }),
    problems: ['campaigns:wrong-state'],
  }),
  /** Ends taking answers before `closesAt`. */
  closeCampaign: operation({
    ...steering,
    id: 'closeCampaign',
    path: '/api/campaigns/:campaignId/closure',
    summary: '提前结束填报',
    body: z.strictObject({ reason }),
    problems: ['campaigns:wrong-state'],
  }),
  /** Only refusals that may pass now (频次、额度、临时故障): a new attempt for each. */
  retryFailed: operation({
    id: 'retryFailed',
    method: 'post',
    path: '/api/campaigns/:campaignId/retries',
    summary: '重发失败的',
    auth: 'official',
    permission: 'campaigns.run',
    rate: 'write',
    params: campaignId,
    body: z.strictObject({ codes: z.array(z.string().max(40)).max(50).optional() }),
    response: z.object({ retried: z.number().int() }),
    problems: ['campaigns:wrong-state', 'campaigns:window-over'],
  }),
  /** 结果待核实 → 平台已受理 or 发送失败, by a person who looked, with how they know. */
  resolveUnknown: operation({
    id: 'resolveUnknown',
    method: 'post',
    path: '/api/campaigns/:campaignId/unknown-resolutions',
    summary: '核实结果',
    auth: 'official',
    permission: 'campaigns.run',
    rate: 'write',
    params: campaignId,
    body: unknownResolution,
    response: z.object({ resolved: z.number().int() }),
  }),
  getCampaignProgress: operation({
    ...byOfficial,
    id: 'getCampaignProgress',
    method: 'get',
    path: '/api/campaigns/:campaignId/progress',
    summary: '进度、速率、预计完成、错误',
    params: campaignId,
    response: campaignProgress,
  }),
  /** Event `progress` about every second while something changes, with the body of `getCampaignProgress`. */
  watchCampaign: operation({
    id: 'watchCampaign',
    method: 'get',
    path: '/api/campaigns/:campaignId/events',
    summary: '实时进度（SSE）',
    auth: 'official',
    permission: 'campaigns.read',
    rate: 'stream',
    transport: 'events',
    params: campaignId,
    response: campaignProgress,
  }),
  listDeliveries: operation({
    ...byOfficial,
    id: 'listDeliveries',
    method: 'get',
    path: '/api/campaigns/:campaignId/deliveries',
    summary: '接收企业，按状态筛选',
    params: campaignId,
    query: z.strictObject({
      ...pageQuery,
      state: deliveryState.optional(),
      /** Firm's name or credit code. */
      q: z.string().max(100).optional(),
      code: z.string().max(40).optional(),
      isAnswered: z.enum(['true', 'false']).optional(),
    }),
    response: pageOf(deliveryRow),
  }),
  getDelivery: operation({
    ...byOfficial,
    id: 'getDelivery',
    method: 'get',
    path: '/api/campaigns/:campaignId/deliveries/:seq',
    summary: '一家企业的发送经过',
    params: delivery,
    response: deliveryTimeline,
  }),
  getCampaignProof: operation({
    ...byOfficial,
    id: 'getCampaignProof',
    method: 'get',
    path: '/api/campaigns/:campaignId/proof',
    summary: '发送核验单',
    params: campaignId,
    response: campaignProof,
  }),
  exportDeliveries: operation({
    id: 'exportDeliveries',
    method: 'get',
    path: '/api/campaigns/:campaignId/deliveries-export',
    summary: '导出接收企业（CSV）',
    auth: 'official',
    permission: 'campaigns.export',
    rate: 'export',
    transport: 'download',
    params: campaignId,
    query: z.strictObject({ state: deliveryState.optional() }),
  }),
  /** Personal short link of a message: marks 已阅 and redirects to the answer page. */
  openLink: operation({
    id: 'openLink',
    method: 'get',
    path: '/s/:token',
    summary: '打开消息里的个人链接',
    auth: 'anonymous',
    permission: 'public',
    rate: 'public-read',
    params: z.strictObject({ token: z.string().min(8).max(80) }),
  }),
  /** The answer page exchanges the link for a session that may answer this one survey as this one firm. A whole building shares one address. */
  openLinkSession: operation({
    id: 'openLinkSession',
    method: 'post',
    path: '/api/m/sessions/link',
    summary: '用个人链接登录，只能填写这一份问卷',
    auth: 'anonymous',
    permission: 'public',
    rate: 'public-read',
    status: 201,
    body: z.strictObject({ token: z.string().min(8).max(80) }),
    response: personSession,
    problems: ['campaigns:broken-link'],
  }),
};

export type CampaignState = z.output<typeof campaignState>;
export type DeliveryState = z.output<typeof deliveryState>;
export type CampaignKind = z.output<typeof campaignKind>;
export type SendingChannel = z.output<typeof sendingChannel>;
export type BodyDraft = z.output<typeof bodyDraft>;
export type SendingPlan = z.output<typeof sendingPlan>;
export type Exclusions = z.output<typeof exclusions>;
export type CampaignWindow = z.output<typeof campaignWindow>;
export type CampaignDraft = z.output<typeof campaignDraft>;
export type CampaignSummary = z.output<typeof campaignSummary>;
export type CampaignDetail = z.output<typeof campaignDetail>;
export type CampaignAction = z.output<typeof campaignAction>;
export type CampaignCounts = z.output<typeof campaignCounts>;
export type CampaignCheck = z.output<typeof campaignCheck>;
export type CampaignProgress = z.output<typeof campaignProgress>;
export type CampaignProof = z.output<typeof campaignProof>;
export type AudiencePreview = z.output<typeof audiencePreview>;
export type DeliveryRow = z.output<typeof deliveryRow>;
export type DeliveryTimeline = z.output<typeof deliveryTimeline>;
