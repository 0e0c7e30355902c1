import { type CampaignDetail, type CampaignDraft, campaignsApi } from '@suiban/shared/api/campaigns';
import { systemClock } from '@suiban/shared/time';
import { useQueryClient } from '@tanstack/react-query';
import { type MutableRefObject, useCallback, useEffect, useRef, useState } from 'react';
import { addressOf, call, type Problem } from '../../../api/client';
import { toProblem } from '../../../api/hooks';
import { draftFrom } from './default-draft';

export interface Held {
  readonly draft: CampaignDraft;
  readonly campaign: CampaignDetail | null;
  /** The draft as it was last stored: what differs from it is not saved. */
  readonly savedText: string;
}

export const heldOf = (initial: CampaignDraft | CampaignDetail): Held => {
  const campaign = 'revision' in initial ? initial : null;
  const draft = 'revision' in initial ? draftFrom(initial) : initial;
  return { draft, campaign, savedText: JSON.stringify(draft) };
};

/** Stores what is held: a first save creates, every later one puts with the revision last seen. */
export function useStoring(latest: MutableRefObject<Held>, put: (held: Held) => void) {
  const client = useQueryClient();
  const creationKey = useRef(crypto.randomUUID());
  const [isSaving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const store = useCallback(
    async (revision?: number): Promise<CampaignDetail | null> => {
      const { draft, campaign } = latest.current;
      setSaving(true);
      setProblem(null);
      try {
        const saved = await send(draft, campaign, revision, creationKey.current);
        put({ ...latest.current, campaign: saved, savedText: JSON.stringify(draft) });
        setSavedAt(systemClock.now());
        client.setQueryData(
          [campaignsApi.getCampaign.id, addressOf(campaignsApi.getCampaign, { params: { campaignId: saved.id } })],
          saved,
        );
        void client.invalidateQueries({ queryKey: [campaignsApi.checkCampaign.id] });
        void client.invalidateQueries({ queryKey: [campaignsApi.listCampaigns.id] });
        return saved;
      } catch (error) {
        const found = toProblem(error);
        if (!found) throw error;
        setProblem(found);
        return null;
      } finally {
        setSaving(false);
      }
    },
    [client, latest, put],
  );
  return { store, isSaving, savedAt, problem, setProblem };
}

function send(draft: CampaignDraft, campaign: CampaignDetail | null, revision: number | undefined, idempotencyKey: string) {
  if (!campaign) return call(campaignsApi.createCampaign, { body: draft, idempotencyKey });
  const body = { draft, revision: revision ?? campaign.revision };
  return call(campaignsApi.updateCampaign, { params: { campaignId: campaign.id }, body });
}

/** Long enough that a word is typed to its end, short enough that the check beside the field is felt as immediate. */
const pauseMs = 900;

/** Saves once the writing pauses, and on the way out of the page. */
export function useAutosave(draft: CampaignDraft, isDue: boolean, save: () => Promise<unknown>): void {
  const due = useRef({ draft, isDue, save });
  due.current = { draft, isDue, save };
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => {
      if (due.current.draft === draft) void due.current.save();
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [draft, isDue]);
  useEffect(
    () => () => {
      if (due.current.isDue) void due.current.save();
    },
    [],
  );
}
