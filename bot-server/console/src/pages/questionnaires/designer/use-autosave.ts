import { type QuestionnaireDetail, questionnairesApi } from '@suiban/shared/api/questionnaires';
import { canonicalJson, parseDocument, type SurveyDocument } from '@suiban/shared/surveys';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { addressOf, call, Problem } from '../../../api/client';
import { toProblem } from '../../../api/hooks';

/**
 * Saving of the draft: saved → waiting (somebody types) → saving → saved; a refusal ends in `failed` (tried again by itself where the
 * network was the cause) or, when a colleague saved first, in `conflict`: nothing is sent any more until a person decided.
 */
export interface Saving {
  readonly state: 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';
  readonly savedAt: string;
  readonly problem: Problem | null;
  /** What the colleague saved, in a conflict. */
  readonly theirs: QuestionnaireDetail | null;
}

export interface Autosave extends Saving {
  /** Sends what is not saved yet; the revision to go on with, or null where it could not be saved. */
  readonly flush: () => Promise<number | null>;
  /** Ends a conflict: mine goes over theirs, or theirs is what is saved. */
  readonly takeMine: () => void;
  readonly takeTheirs: () => void;
}

const unreadable = (errors: readonly { pointer: string; detail: { zh: string } }[]) =>
  new Problem(
    'urn:problem:surveys:invalid-document',
    400,
    '有内容不符合格式，暂未保存',
    '修改下列内容后会自动保存。',
    errors.map(({ pointer, detail }) => ({ pointer, detail: `${pointer}：${detail.zh}` })),
    undefined,
  );

const quietMs = 1_200;
const retryMs = 5_000;

/** The text and revision that the server holds; nothing is sent while a person has to decide. */
interface Stored {
  revision: number;
  text: string;
  isBlocked: boolean;
}

/** Sends the newest document once; how it went is told to `onSaving`. */
function useSend(
  id: string,
  latest: { current: SurveyDocument },
  stored: { current: Stored },
  onSaving: (change: Partial<Saving>) => void,
) {
  const client = useQueryClient();
  const send = async (): Promise<number | null> => {
    const params = { questionnaireId: id };
    const sent = latest.current;
    const text = canonicalJson(sent);
    if (text === stored.current.text) return stored.current.revision;
    const parsed = parseDocument(sent);
    if (!parsed.ok) {
      onSaving({ state: 'failed', problem: unreadable(parsed.errors) });
      return null;
    }
    onSaving({ state: 'saving' });
    try {
      const body = { document: sent, revision: stored.current.revision };
      const saved = await call(questionnairesApi.saveQuestionnaire, { params, body });
      stored.current = { revision: saved.revision, text, isBlocked: false };
      client.setQueryData([questionnairesApi.getQuestionnaire.id, addressOf(questionnairesApi.getQuestionnaire, { params })], saved);
      void client.invalidateQueries({ queryKey: [questionnairesApi.listQuestionnaires.id] });
      const isDirty = canonicalJson(latest.current) !== text;
      onSaving({ state: isDirty ? 'waiting' : 'saved', savedAt: saved.updatedAt, problem: null, theirs: null });
      return saved.revision;
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) throw error;
      const isConflict = problem.is('kernel:conflict');
      const theirs = isConflict ? await call(questionnairesApi.getQuestionnaire, { params }).catch(() => null) : null;
      stored.current = { ...stored.current, isBlocked: theirs !== null };
      onSaving({ state: theirs ? 'conflict' : 'failed', problem, theirs });
      return null;
    }
  };
  const newest = useRef(send);
  newest.current = send;
  return newest;
}

export function useAutosave(initial: QuestionnaireDetail, document: SurveyDocument, isEnabled: boolean): Autosave {
  const [saving, setSaving] = useState<Saving>({ state: 'saved', savedAt: initial.updatedAt, problem: null, theirs: null });
  const latest = useRef(document);
  latest.current = document;
  const stored = useRef<Stored>({ revision: initial.revision, text: canonicalJson(initial.document), isBlocked: false });
  const send = useSend(initial.id, latest, stored, (change) => setSaving((before) => ({ ...before, ...change })));
  const running = useRef<Promise<number | null> | null>(null);

  const flush = useCallback(async (): Promise<number | null> => {
    while (running.current) await running.current;
    if (stored.current.isBlocked) return null;
    running.current = send.current().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [send]);

  useEffect(() => {
    if (!isEnabled || stored.current.isBlocked || canonicalJson(document) === stored.current.text) return;
    setSaving((before) => (before.state === 'saved' ? { ...before, state: 'waiting' } : before));
    const timer = setTimeout(() => void flush(), quietMs);
    return () => clearTimeout(timer);
  }, [document, isEnabled, flush]);

  const isOffline = saving.state === 'failed' && (saving.problem?.status === 0 || (saving.problem?.status ?? 0) >= 502);
  useEffect(() => {
    if (!isOffline) return;
    const timer = setInterval(() => void flush(), retryMs);
    return () => clearInterval(timer);
  }, [isOffline, flush]);

  useLeaving(saving.state !== 'saved', isEnabled, flush);

  const settle = ({ revision, document: saved, updatedAt }: QuestionnaireDetail) => {
    stored.current = { revision, text: canonicalJson(saved), isBlocked: false };
    setSaving({ state: 'saved', savedAt: updatedAt, problem: null, theirs: null });
  };
  return {
    ...saving,
    flush,
    takeMine: () => {
      if (!saving.theirs) return;
      settle(saving.theirs);
      void flush();
    },
    takeTheirs: () => {
      if (saving.theirs) settle(saving.theirs);
    },
  };
}

/** Closing the tab asks first; going to another page of the console saves on the way. */
function useLeaving(isUnsaved: boolean, isEnabled: boolean, flush: () => Promise<number | null>) {
  useEffect(() => {
    if (!isUnsaved || !isEnabled) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved, isEnabled]);
  useEffect(
    () => () => {
      if (isEnabled) void flush();
    },
    [isEnabled, flush],
  );
}
