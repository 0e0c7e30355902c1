import { type Answer, type Answers, type Draft, draftAnswers, mergeDrafts, type RawAnswers } from '@suiban/shared/surveys';
import { type ApiProblem, asProblem } from '@/api/client';
import type { Storage } from '@/platform/storage';
import { createStore, type Store } from '../store';

/**
 * The draft of one questionnaire on this device.
 *
 * Every answer is at once in memory and in the device's storage (`pending`), and goes to the server a moment later. What the server has
 * taken leaves `pending`; what it could not be told stays, over restarts, and goes with the next try.
 *
 * saved → (an answer) → saving → saved
 *                       saving → (no network) → kept → (next answer, network back, page shown again) → saving
 *                       saving → (closed, already answered) → refused: the answers stay on the device, nothing is sent any more
 */
export interface DraftState {
  answers: Answers;
  state: 'saved' | 'saving' | 'kept' | 'refused';
  /** Something was saved since the page was opened: only then is “已保存” worth a word. */
  hasSaved: boolean;
  problem?: ApiProblem;
}

export interface DraftEntry {
  questionId: string;
  answer: unknown;
  savedAt: string;
}

export interface DraftPorts {
  storage: Storage;
  now: () => Date;
  /** Sends entries; answers the whole draft as the server has merged it. */
  save: (entries: readonly DraftEntry[]) => Promise<RawAnswers>;
}

export interface DraftKeeper {
  readonly store: Store<DraftState>;
  set(questionId: string, answer: Answer | null): void;
  /** Sends at once what has not been sent. Never throws. */
  flush(): Promise<void>;
  /** Takes in what the server has now. */
  refresh(serverAnswers: RawAnswers): void;
  /** After the submission: nothing is left to keep. */
  forget(): void;
}

const saveAfterMs = 800;
const isRefusal = (problem: ApiProblem) => problem.type === 'surveys:closed' || problem.type === 'surveys:already-answered';

export function createDraft(ports: DraftPorts, key: string, version: number, serverAnswers: RawAnswers): DraftKeeper {
  let base = serverAnswers as Answers;
  let pending = restored(ports.storage.read(key), version);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let lastMs = 0;

  const effective = (): Answers => {
    const answers: Record<string, Answer | null | undefined> = { ...base };
    for (const id of Object.keys(pending)) delete answers[id];
    return { ...answers, ...draftAnswers(pending) };
  };
  const store = createStore<DraftState>({ answers: effective(), state: 'saved', hasSaved: false });
  const update = (change: Partial<DraftState>) => store.set({ ...store.get(), ...change });
  const keep = () => (Object.keys(pending).length > 0 ? ports.storage.write(key, { version, pending }) : ports.storage.remove(key));
  // Two answers within one millisecond still have an order.
  const stamp = () => {
    lastMs = Math.max(ports.now().getTime(), lastMs + 1);
    return new Date(lastMs).toISOString();
  };

  async function send(): Promise<void> {
    const sent = pending;
    const entries = Object.entries(sent).map(([questionId, { answer, savedAt }]) => ({ questionId, answer, savedAt }));
    update({ state: 'saving' });
    try {
      base = (await ports.save(entries)) as Answers;
      pending = Object.fromEntries(Object.entries(pending).filter(([id, entry]) => entry.savedAt !== sent[id]?.savedAt));
      keep();
      update({ answers: effective(), state: 'saved', hasSaved: true, problem: undefined });
    } catch (reason) {
      const problem = asProblem(reason);
      update({ state: isRefusal(problem) ? 'refused' : 'kept', problem });
    }
  }
  async function flush(): Promise<void> {
    clearTimeout(timer);
    await running;
    if (Object.keys(pending).length === 0 || store.get().state === 'refused') return;
    running = send();
    await running;
    running = undefined;
    if (store.get().state === 'saved' && Object.keys(pending).length > 0) await flush();
  }
  if (Object.keys(pending).length > 0) void flush();

  return {
    store,
    flush,
    set(questionId, answer) {
      pending = mergeDrafts(pending, { [questionId]: { answer, savedAt: stamp() } });
      keep();
      update({ answers: effective(), state: store.get().state === 'refused' ? 'refused' : 'saving' });
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), saveAfterMs);
    },
    refresh(answers) {
      base = answers as Answers;
      update({ answers: effective() });
      void flush();
    },
    forget() {
      clearTimeout(timer);
      pending = {};
      ports.storage.remove(key);
    },
  };
}

/** What an earlier visit could not send; of another version of the questionnaire it is worth nothing. */
function restored(kept: unknown, version: number): Draft {
  const found = kept as { version?: unknown; pending?: Draft } | undefined;
  return found?.version === version && found.pending ? found.pending : {};
}
