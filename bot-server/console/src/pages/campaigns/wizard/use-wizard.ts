import { sendingPlan } from '@suiban/shared/api/campaign-plan';
import {
  type AudiencePreview,
  type CampaignCheck,
  type CampaignDetail,
  type CampaignDraft,
  campaignsApi,
} from '@suiban/shared/api/campaigns';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { type AttributeRegistry, checkRule, parseRule } from '@suiban/shared/rules';
import type { SurveyDocument } from '@suiban/shared/surveys';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { call, type Problem } from '../../../api/client';
import { useRead } from '../../../api/hooks';
import { useLanguage } from '../../../i18n/language';
import { useNamedCheck } from '../named-check';
import { type MessageTemplate, type PlanSubject, usualPlan } from './default-draft';
import { type DraftKeeper, useCampaignDraft } from './use-campaign-draft';

export interface Wizard extends DraftKeeper {
  registry: AttributeRegistry;
  templates: UseQueryResult<{ items: MessageTemplate[] }, Problem>;
  check: Pick<UseQueryResult<CampaignCheck, Problem>, 'isPending' | 'isFetching' | 'error' | 'refetch'> & {
    data: CampaignCheck | undefined;
  };
  reach: UseQueryResult<AudiencePreview, Problem>;
  /** The chosen version of the questionnaire. */
  document: SurveyDocument | null;
  subject: PlanSubject;
  /** What the check says of one field, or of the fields below it. */
  faultsAt: (field: string, isDeep?: boolean) => readonly string[];
}

const noPlan: CampaignDetail['plan'] = [];

/** Everything the five steps share: the draft, its check and previews, the live count. */
export function useWizard(initial: CampaignDraft | CampaignDetail, registry: AttributeRegistry): Wizard {
  const { lang } = useLanguage();
  const keeper = useCampaignDraft(initial, registry);
  const { draft, campaign } = keeper;
  const templates = useRead(campaignsApi.listMessageTemplates);
  const checking = useRead(campaignsApi.checkCampaign, { params: { campaignId: campaign?.id ?? '' } }, { enabled: campaign !== null });
  const named = useNamedCheck(checking.data, campaign?.plan ?? noPlan);
  const check = {
    isPending: checking.isPending,
    isFetching: checking.isFetching,
    error: checking.error,
    refetch: checking.refetch,
    data: named,
  };
  const reach = useReach(draft, registry);
  const document = useDocument(draft);
  const subject = useMemo(
    () => ({ kind: draft.kind, title: draft.title, noticeText: draft.noticeText, questionnaireTitle: document?.title.zh ?? null }),
    [draft.kind, draft.title, draft.noticeText, document],
  );
  useUsualPlan(keeper, subject, templates.isPending ? null : (templates.data?.items ?? []));
  const findings = campaign ? (check.data?.findings ?? []) : [];
  const faultsAt = (field: string, isDeep = false) =>
    findings
      .filter((each) => each.field === field || (isDeep && each.field.startsWith(`${field}/`)))
      .map((each) => (lang === 'zh' ? each.detail : each.detailEn));
  return { ...keeper, registry, templates, check, reach, document, subject, faultsAt };
}

function useDocument({ questionnaire }: CampaignDraft): SurveyDocument | null {
  const params = questionnaire ?? { questionnaireId: '', version: 1 };
  const version = useRead(questionnairesApi.getQuestionnaireVersion, { params }, { enabled: questionnaire !== null });
  return questionnaire ? (version.data?.document ?? null) : null;
}

/** Texts nobody has touched follow what is sent; from the first change on they are the official's own. */
function useUsualPlan(keeper: DraftKeeper, subject: PlanSubject, templates: readonly MessageTemplate[] | null): void {
  const { draft, campaign, prefill } = keeper;
  const before = useRef<string | null>(campaign === null ? '[]' : null);
  useEffect(() => {
    if (templates === null) return;
    const next = usualPlan(subject, templates);
    const written = JSON.stringify(next);
    const isOwn = before.current !== null && JSON.stringify(draft.plan) !== before.current;
    if (before.current !== null && !isOwn && written !== before.current) prefill({ plan: next });
    if (!isOwn || before.current === null) before.current = written;
  }, [subject, templates, draft.plan, prefill]);
}

/** Held for a moment so that counting follows the writing, not each key. */
function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

const countPauseMs = 400;

function useReach(draft: CampaignDraft, registry: AttributeRegistry): UseQueryResult<AudiencePreview, Problem> {
  const asked = useSettled(JSON.stringify(questionOf(draft, registry)), countPauseMs);
  const body = JSON.parse(asked) as ReturnType<typeof questionOf>;
  return useQuery<AudiencePreview, Problem>({
    queryKey: [campaignsApi.previewAudience.id, asked],
    queryFn: ({ signal }) => call(campaignsApi.previewAudience, { body: body ?? emptyQuestion, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

const emptyQuestion = {
  audience: {},
  exclusions: { creditCodes: [], askedWithinDays: null, campaignIds: [], onePerPerson: true },
  plan: [],
};

/** What is counted; null while the rule is not complete. Texts do not matter to reach: writing them asks for no new count. */
function questionOf({ audience, exclusions, plan }: CampaignDraft, registry: AttributeRegistry) {
  const rule = parseRule(audience);
  if (!rule.ok || checkRule(rule.rule, registry).some((finding) => finding.severity === 'error')) return null;
  const bare = plan.map(({ account, body }) => {
    // A template that is not chosen yet is one that nobody gave permission for.
    if ('templateId' in body) return { account, body: { ...body, templateId: body.templateId || 'none', data: {} } };
    if ('text' in body) return { account, body: { ...body, text: '', ...('subject' in body ? { subject: '' } : {}) } };
    return { account, body: { ...body, title: '', description: '', buttonText: '' } };
  });
  const usable = sendingPlan.safeParse(bare);
  return { audience, exclusions, plan: usable.success ? usable.data : [] };
}
