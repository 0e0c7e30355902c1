import { z } from 'zod';
import { campaignStates, deliveryStates } from '../campaigns';
import { bodyDraft, sendingChannel, sendingPlan } from './campaign-plan';
import { id, instant, jsonObject } from './define';

export const campaignState = z.enum(campaignStates);
export const deliveryState = z.enum(deliveryStates);
export const campaignKind = z.enum(['cloud_visit', 'notice']);
const shortText = z.string().trim().min(1).max(200);
export const reason = z.string().trim().min(2).max(500);

export const exclusions = z.strictObject({
  /** Credit codes left out by name. */
  creditCodes: z.array(z.string().length(18)).max(5000).default([]),
  /** 打扰上限: firms asked by any campaign within so many days are left out; null = no limit. */
  askedWithinDays: z.number().int().min(1).max(365).nullable().default(null),
  /** Firms of these campaigns are left out. */
  campaignIds: z.array(id).max(50).default([]),
  /** One person who stands for several firms gets one message (the other firms: 按规则不发). */
  onePerPerson: z.boolean().default(true),
});

/** Not before, not after (what is left then is cancelled), and until when answers are taken. */
export const campaignWindow = z.strictObject({ startAt: instant.nullable(), notAfterAt: instant.nullable(), closesAt: instant });

export const campaignDraft = z.strictObject({
  kind: campaignKind,
  title: shortText.max(60),
  /** cloud_visit: a published version. */
  questionnaire: z.strictObject({ questionnaireId: id, version: z.number().int().positive() }).nullable(),
  /** notice: what the message centre shows. */
  noticeText: z.string().max(4000).default(''),
  /** A document of the rule language (`shared/src/rules`) over the enterprise attributes. */
  audience: jsonObject<object>(),
  exclusions,
  plan: sendingPlan,
  window: campaignWindow,
});

export const official = z.object({ id, name: z.string() });

/** 应发 = planned = accepted + refused + unknown + suppressed + cancelled + waiting. */
export const campaignCounts = z.object({
  planned: z.number().int(),
  waiting: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  unknown: z.number().int(),
  suppressed: z.number().int(),
  cancelled: z.number().int(),
  /** 待服务专员确认: part of `accepted`; nothing reached the person yet. */
  awaitingStaff: z.number().int(),
  /** 已送达: only where the platform tells. */
  delivered: z.number().int(),
  /** 已阅: opened the link or the message. */
  opened: z.number().int(),
  /** 已填报. */
  answered: z.number().int(),
});

export const campaignSummary = z.object({
  id,
  kind: campaignKind,
  title: z.string(),
  state: campaignState,
  stateReason: z.string().nullable(),
  bureauId: z.string(),
  bureauName: z.string(),
  drafter: official,
  signatory: official.nullable(),
  window: z.object({ startAt: instant.nullable(), notAfterAt: instant.nullable(), closesAt: instant }),
  channels: z.array(sendingChannel),
  counts: campaignCounts,
  createdAt: instant,
  launchedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

/** What this official may do now; the buttons of the board. */
export const campaignAction = z.enum([
  'edit',
  'submit',
  'withdraw',
  'approve',
  'reject',
  'launch',
  'pause',
  'resume',
  'cancel',
  'retry-failed',
  'resolve-unknown',
  'close',
  'test-send',
  'export',
]);

export const campaignDetail = campaignSummary.extend({
  questionnaire: z
    .object({
      questionnaireId: id,
      version: z.number().int(),
      title: z.string(),
      questionCount: z.number().int(),
      minutes: z.number().int(),
    })
    .nullable(),
  noticeText: z.string(),
  audience: jsonObject<object>(),
  exclusions: z.object({
    creditCodes: z.array(z.string()),
    askedWithinDays: z.number().int().nullable(),
    campaignIds: z.array(id),
    onePerPerson: z.boolean(),
  }),
  plan: z.array(z.object({ account: z.string(), body: bodyDraft })),
  /** Optimistic lock: send it back with the next save. */
  revision: z.number().int(),
  /** 送审稿编号: SHA-256 over content, audience, plan and window; the first 12 characters are shown. */
  contentHash: z.string(),
  approvedHash: z.string().nullable(),
  /** Field names that differ from the last approved or rejected version. */
  changedSinceReview: z.array(z.string()),
  rejection: z.object({ reason: z.string(), byName: z.string(), at: instant }).nullable(),
  /** 表号 block of the questionnaire (domain §6); a launch is held while `isComplete` and `exemptionReason` are both missing. */
  heading: z
    .object({
      formNumber: z.string().nullable(),
      authority: z.string().nullable(),
      approvalNumber: z.string().nullable(),
      validUntil: z.string().nullable(),
      isComplete: z.boolean(),
      /** 无需备案, recorded by the signatory. */
      exemptionReason: z.string().nullable(),
    })
    .nullable(),
  snapshot: z
    .object({
      frozenAt: instant,
      matched: z.number().int(),
      planned: z.number().int(),
      excluded: z.array(z.object({ reason: z.string(), label: z.string(), count: z.number().int() })),
      ruleHash: z.string(),
      dataVersion: z.string(),
      hash: z.string(),
    })
    .nullable(),
  actions: z.array(campaignAction),
});

const reachByChannel = z.object({
  /** Which step of the plan. */
  step: z.number().int(),
  channel: sendingChannel,
  /** Have an address here. */
  addressed: z.number().int(),
  /** Of these, may be sent this template today: a credit is left, or the subscription is long-term. All of them where the channel asks for none. */
  reachable: z.number().int(),
  /** Of the reachable, by a long-term subscription. */
  longTerm: z.number().int(),
  /** Addressed, not reachable: the platform said that this person cannot be reached any more. */
  gone: z.number().int(),
  /** Would be tried here first. */
  first: z.number().int(),
  /** Seconds this step needs at the account's rate. */
  seconds: z.number().int(),
});

export const audiencePreview = z.object({
  /** Firms the rule matches. */
  matched: z.number().int(),
  /** matched − excluded: rows the ledger would hold. */
  planned: z.number().int(),
  /** planned − suppressed − unreachable. */
  sendable: z.number().int(),
  /** Left out of the ledger, by reason. */
  excluded: z.array(z.object({ reason: z.string(), label: z.string(), count: z.number().int() })),
  /** In the ledger, not sent by rule. */
  suppressed: z.array(z.object({ reason: z.string(), label: z.string(), count: z.number().int() })),
  /** No address on any channel of the plan: 仅站内. */
  unreachable: z.number().int(),
  reach: z.array(reachByChannel),
  /** 已导入 → 已邀请 → 已绑定 → 已授权订阅, counts of firms that are at least there. */
  funnel: z.object({
    imported: z.number().int(),
    invited: z.number().int(),
    bound: z.number().int(),
    subscribed: z.number().int(),
  }),
  expectedSeconds: z.number().int(),
  sample: z.array(
    z.object({
      enterpriseId: id,
      name: z.string(),
      creditCodeMasked: z.string(),
      districtCode: z.string(),
      industryCode: z.string(),
      isDemo: z.boolean(),
      /** One line per clause that made it match. */
      reasons: z.array(z.string()),
      channels: z.array(sendingChannel),
    }),
  ),
});

const finding = z.object({
  severity: z.enum(['error', 'warning']),
  /** `plan/0/body/text`, `window/closesAt`, `audience`… */
  field: z.string(),
  rule: z.string(),
  detail: z.string(),
  detailEn: z.string(),
});

/** Everything the steps 预览与试发 and 送审 show. */
export const campaignCheck = z.object({
  findings: z.array(finding),
  canSubmit: z.boolean(),
  contentHash: z.string(),
  /** Minutes asked of one firm, and of all together. */
  burden: z.object({ minutesPerFirm: z.number().int(), planned: z.number().int(), hoursInAll: z.number().int() }),
  /** May the questionnaire go out as a card in the chat; why not. */
  card: z.object({ isPossible: z.boolean(), detail: z.string(), detailEn: z.string() }),
  /** As the phone shows it, filled in; the link is an example. */
  previews: z.array(
    z.object({
      step: z.number().int(),
      channel: sendingChannel,
      form: z.enum(['template', 'textcard', 'card', 'text', 'mail']),
      title: z.string(),
      lines: z.array(z.object({ label: z.string(), text: z.string() })),
      text: z.string(),
      buttonText: z.string(),
      questions: z.array(z.object({ title: z.string(), mode: z.enum(['single', 'multiple']), options: z.array(z.string()) })),
      /** sms: how many messages the operator charges. */
      segments: z.number().int(),
    }),
  ),
  inbox: z.object({ title: z.string(), summary: z.string() }),
});

const errorLine = z.object({
  channel: sendingChannel.nullable(),
  code: z.string(),
  class: z.enum(['transient', 'auth', 'quota', 'permanent', 'unknown', 'local']),
  /** Rows that stand refused or unknown with it now. */
  count: z.number().int(),
  /** Tries that ended so, also of rows that went on to another channel. */
  attempts: z.number().int(),
  meaning: z.object({ zh: z.string(), en: z.string() }),
  whatToDo: z.object({ zh: z.string(), en: z.string() }),
  /** 重发失败 would include these. */
  canRetry: z.boolean(),
});

export const campaignProgress = z.object({
  campaignId: id,
  state: campaignState,
  stateReason: z.string().nullable(),
  at: instant,
  counts: campaignCounts,
  byChannel: z.array(
    z.object({
      channel: sendingChannel,
      waiting: z.number().int(),
      accepted: z.number().int(),
      refused: z.number().int(),
      unknown: z.number().int(),
    }),
  ),
  /** Settled per second over the last ten seconds. */
  ratePerSec: z.number(),
  expectedEndAt: instant.nullable(),
  errors: z.array(errorLine),
});

export const deliveryRow = z.object({
  seq: z.number().int(),
  enterpriseId: id,
  enterpriseName: z.string(),
  creditCodeMasked: z.string(),
  districtCode: z.string(),
  state: deliveryState,
  channel: sendingChannel.nullable(),
  attempts: z.number().int(),
  /** Last code or the reason of a suppression, in words. */
  code: z.string().nullable(),
  codeLabel: z.string().nullable(),
  codeLabelEn: z.string().nullable(),
  isInboxOnly: z.boolean(),
  /** 平台已受理 · 待服务专员确认. */
  awaitsStaff: z.boolean(),
  settledAt: instant.nullable(),
  openedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  isDemo: z.boolean(),
});

export const deliveryTimeline = deliveryRow.extend({
  addresses: z.array(z.object({ step: z.number().int(), channel: sendingChannel, label: z.string() })),
  events: z.array(
    z.object({
      at: instant,
      kind: z.enum([
        'frozen',
        'marked',
        'accepted',
        'awaiting-staff',
        'refused',
        'unknown',
        'resolved',
        'receipt',
        'suppressed',
        'cancelled',
        'opened',
        'answered',
      ]),
      channel: sendingChannel.nullable(),
      attemptNo: z.number().int().nullable(),
      code: z.string().nullable(),
      text: z.string(),
      textEn: z.string(),
    }),
  ),
});

/** No terms of the equation. */
const besides = { awaitingStaff: true, delivered: true, opened: true, answered: true } as const;

export const campaignProof = z.object({
  campaignId: id,
  at: instant,
  isFinal: z.boolean(),
  /** Counted over the ledger itself, not over the counters. */
  ledger: campaignCounts.omit(besides),
  counters: campaignCounts.omit(besides),
  /** planned = accepted + refused + unknown + suppressed + cancelled (+ waiting while it runs), ledger and counters agree. */
  holds: z.boolean(),
  equation: z.string(),
  attempts: z.object({
    marked: z.number().int(),
    accepted: z.number().int(),
    refused: z.number().int(),
    unknown: z.number().int(),
    resolved: z.number().int(),
  }),
  checks: z.array(z.object({ name: z.string(), label: z.string(), ok: z.boolean(), detail: z.string() })),
  snapshotHash: z.string(),
  contentHash: z.string(),
});

export const unknownResolution = z.strictObject({
  /** Absent = all of them. */
  seqs: z.array(z.number().int().positive()).min(1).max(500).optional(),
  outcome: z.enum(['accepted', 'refused']),
  reason,
});
