import type { CampaignAction } from '@suiban/shared/campaigns';
import { dictionary, type Lang } from '@suiban/shared/text';

export const actionWords = dictionary(
  {
    more: '更多操作',
    done: '已完成：{action}',
    keep: '先不操作',
    reason: '理由（写入审计）',
    reasonOptional: '理由（选填，写入审计）',
    needReason: '请写明理由，至少 2 个字',
    noteSubmit: '送审后内容锁定，由另一位签发人核对送审稿编号后签发。签发前可以撤回修改。',
    noteWithdraw: '撤回后回到草稿，可以修改；此前的签发同时失效。',
    noteApprove: '您签发的是这个编号对应的内容、对象、渠道与时段；之后任何改动都会使签发失效，需重新送审。',
    noteReject: '退回后回到草稿，拟制人会看到您写的理由。',
    noteLaunch: '将按规则冻结企业名单并立即开始发送，约 {count} 家。启动后对象与内容不能再改，可随时暂停。',
    noteLaunchLater: '将等到 {at} 自动冻结名单并开始发送，约 {count} 家。在此之前可以撤回。',
    notePause: '正在途中的一批发完后停下，可随时继续。',
    noteResume: '从停下的地方继续发送，已发出的不会重发。',
    noteHalted: '停发原因：{reason}。请先确认原因已经排除。',
    noteCancel: '尚未发送的 {count} 条会标为已取消，不能恢复；已发出的不受影响，答卷继续接收。',
    noteCancelDraft: '取消后不能再送审或启动；需要时可另建一次。',
    noteClose: '立即停止接收答卷，此后打开链接的企业会看到“填报已结束”。已收到的 {count} 份不受影响。',
    noteRetry: '只重发现在可能成功的失败记录，每条新增一次发送尝试；已受理和结果待核实的不会重发。',
    retryCodes: '重发哪些',
    retryNone: '没有可以重发的失败记录。',
    needCodes: '请至少选择一种',
    noteResolve:
      '这些发送在等待平台答复时中断，不能确定是否送达，因此不会自动重发。请按平台后台记录或企业反馈核实，结果适用于全部 {count} 条。',
    resolveAs: '核实结果',
    toAccepted: '平台已受理（已送达）',
    toRefused: '发送失败（未送达）',
    how: '核实依据（写入审计）',
    needHow: '请写明依据，至少 2 个字',
    hash: '送审稿编号',
    hashHint: '请与拟制人报来的编号核对一致',
    changed: '内容刚有改动，编号已不是您看到的那一个。请关闭后重新核对内容。',
    exempt: '无需备案的理由',
    exemptNote: '这份问卷没有填全表号、批准文号等信息。不属于统计调查的，请写明无需备案的理由，否则不能启动。',
    blocked: '还有 {count} 项必须先改好，才能送审',
    fix: '去修改',
    retried: '已安排重发 {count} 条',
    resolved: '已核实 {count} 条',
  },
  {
    more: 'More',
    done: 'Done: {action}',
    keep: 'Not now',
    reason: 'Reason (kept in the audit trail)',
    reasonOptional: 'Reason (optional, kept in the audit trail)',
    needReason: 'Give a reason, at least 2 characters',
    noteSubmit: 'The content is locked and another official signs it by its draft number. Until then you can withdraw it.',
    noteWithdraw: 'It becomes a draft again and can be changed; any signature is void.',
    noteApprove: 'You sign the content, audience, channels and window behind this number; any later change voids the signature.',
    noteReject: 'It becomes a draft again; the drafter sees your reason.',
    noteLaunch:
      'Freezes the list by the rule and starts sending at once, to about {count} firms. Audience and content cannot be changed afterwards; you can pause at any time.',
    noteLaunchLater: 'At {at} the list is frozen and sending starts, to about {count} firms. Until then it can be withdrawn.',
    notePause: 'The batch under way is finished first; you can resume at any time.',
    noteResume: 'Goes on where it stopped; nothing is sent twice.',
    noteHalted: 'It was halted because: {reason}. Make sure the cause is gone.',
    noteCancel: '{count} that were not sent become cancelled for good; what was sent stays and answers are still taken.',
    noteCancelDraft: 'It can no longer be submitted or launched; create another when needed.',
    noteClose: 'No more answers are taken; firms that open the link see that answering is over. The {count} received stay.',
    noteRetry: 'Only failures that may succeed now are sent again, one new attempt each; accepted and unknown ones never are.',
    retryCodes: 'Send again',
    retryNone: 'No failure can be sent again.',
    needCodes: 'Choose at least one',
    noteResolve:
      'These sends broke off while waiting for the platform. Nobody knows whether they arrived, so they are never sent again by themselves. Check the platform’s records or ask the firms; the result is set for all {count}.',
    resolveAs: 'Result',
    toAccepted: 'Accepted (it arrived)',
    toRefused: 'Refused (it did not)',
    how: 'How you know (kept in the audit trail)',
    needHow: 'Say how you know, at least 2 characters',
    hash: 'Draft number',
    hashHint: 'Compare it with the number the drafter gave you',
    changed: 'The content has just changed and the number is not the one you saw. Close this and read the content again.',
    exempt: 'Why no filing is needed',
    exemptNote:
      'This questionnaire lacks its form number or approval number. If it is no statistical survey, say why no filing is needed; otherwise it cannot be launched.',
    blocked: '{count} things must be put right before it can be submitted',
    fix: 'Put right',
    retried: '{count} will be sent again',
    resolved: '{count} resolved',
  },
);

/** Names of the parts that can differ from the last review. */
const fieldTexts: Readonly<Record<string, Record<Lang, string>>> = {
  kind: { zh: '类型', en: 'kind' },
  title: { zh: '名称', en: 'title' },
  questionnaire: { zh: '问卷', en: 'questionnaire' },
  noticeText: { zh: '通知正文', en: 'notice text' },
  audience: { zh: '对象规则', en: 'audience' },
  exclusions: { zh: '排除名单', en: 'exclusions' },
  plan: { zh: '渠道与文案', en: 'channels and texts' },
  window: { zh: '时段', en: 'window' },
};

export const fieldText = (field: string, lang: Lang): string => fieldTexts[field]?.[lang] ?? field;

/** Acts that lead on; the others are never the blue button. */
export const forwardActions: readonly CampaignAction[] = ['submit', 'approve', 'launch', 'resume', 'retry-failed', 'resolve-unknown'];
