import { campaignDraft } from '@suiban/shared/api/campaign-schemas';
import { type CampaignDetail, type CampaignDraft, campaignsApi } from '@suiban/shared/api/campaigns';
import { type AttributeRegistry, checkRule, parseRule } from '@suiban/shared/rules';
import { useCallback, useRef, useState } from 'react';
import { call, type Problem } from '../../../api/client';
import { heldOf, useAutosave, useStoring } from './draft-saving';

/** Why a draft cannot be stored yet. */
export type Obstacle = 'needTitle' | 'needRule' | 'needFields';

/** What keeps the server from storing it: the same schema and the same rule check as there. */
export function obstacleOf(draft: CampaignDraft, registry: AttributeRegistry): Obstacle | null {
  if (draft.title.trim() === '') return 'needTitle';
  const rule = parseRule(draft.audience);
  if (!rule.ok || checkRule(rule.rule, registry).some((finding) => finding.severity === 'error')) return 'needRule';
  return campaignDraft.safeParse(draft).success ? null : 'needFields';
}

export interface DraftKeeper {
  draft: CampaignDraft;
  campaign: CampaignDetail | null;
  change: (part: Partial<CampaignDraft>) => void;
  /** For what the program fills in by itself: an untouched form stays untouched. */
  prefill: (part: Partial<CampaignDraft>) => void;
  isDirty: boolean;
  isSaving: boolean;
  savedAt: Date | null;
  obstacle: Obstacle | null;
  problem: Problem | null;
  isConflict: boolean;
  /** Saves now what can be saved; the campaign as the server then holds it, or null where it could not. */
  save: () => Promise<CampaignDetail | null>;
  loadTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
}

/** Holds a draft and stores it as it is written, one request at a time. */
export function useCampaignDraft(initial: CampaignDraft | CampaignDetail, registry: AttributeRegistry): DraftKeeper {
  const [held, setHeld] = useState(() => heldOf(initial));
  const latest = useRef(held);
  const put = useCallback((next: typeof held) => {
    latest.current = next;
    setHeld(next);
  }, []);
  const { store, setProblem, ...storing } = useStoring(latest, put);
  const running = useRef<Promise<unknown> | null>(null);
  const isDirty = JSON.stringify(held.draft) !== held.savedText;
  const obstacle = obstacleOf(held.draft, registry);
  const isConflict = storing.problem?.is('kernel:conflict') ?? false;
  const save = useCallback(async () => {
    await running.current;
    const { draft, savedText, campaign } = latest.current;
    if (JSON.stringify(draft) === savedText) return campaign;
    if (obstacleOf(draft, registry)) return null;
    const stored = store();
    running.current = stored;
    return stored;
  }, [store, registry]);
  useAutosave(held.draft, isDirty && !obstacle && !isConflict, save);
  const change = useCallback(
    (part: Partial<CampaignDraft>) => put({ ...latest.current, draft: { ...latest.current.draft, ...part } }),
    [put],
  );
  const prefill = useCallback(
    (part: Partial<CampaignDraft>) => {
      const { draft, savedText, campaign } = latest.current;
      const next = { ...draft, ...part };
      const isUntouched = campaign === null && JSON.stringify(draft) === savedText;
      put({ draft: next, campaign, savedText: isUntouched ? JSON.stringify(next) : savedText });
    },
    [put],
  );
  const theirs = async () => (held.campaign ? call(campaignsApi.getCampaign, { params: { campaignId: held.campaign.id } }) : null);
  const loadTheirs = async () => {
    const campaign = await theirs();
    if (campaign) put(heldOf(campaign));
    setProblem(null);
  };
  const keepMine = async () => {
    const campaign = await theirs();
    if (campaign) await store(campaign.revision);
  };
  return { ...held, ...storing, change, prefill, isDirty, obstacle, isConflict, save, loadTheirs, keepMine };
}
