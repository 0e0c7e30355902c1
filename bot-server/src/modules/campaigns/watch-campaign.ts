import type { CampaignProgress, SendingChannel } from '@suiban/shared/api/campaigns';
import type { OfficialActor } from '../../kernel/http/actor';
import type { EventStream } from '../../kernel/http/route';
import { type Counts, type ErrorFigures, errorFigures, laneFigures } from '../dispatch';
import type { Deps } from '../module';
import { explainCode } from './board/reasons';
import { mayRead } from './campaigns.policy';
import { countsOfOne, requireCampaign } from './loading';

const tickMs = 1000;
/** Without news a line now and then, so that a proxy keeps the connection. */
const longestSilenceMs = 15_000;
const shortestRecountMs = 3_000;

/** Counting codes looks into rows: while somebody watches it is done anew when the counts changed, and at most every few seconds. */
class ErrorMemory {
  private seenAtMs = Number.NEGATIVE_INFINITY;
  private key = '';
  private lines: readonly ErrorFigures[] = [];

  async figures({ refused, unknown }: Counts, now: Date, read: () => Promise<readonly ErrorFigures[]>): Promise<readonly ErrorFigures[]> {
    const key = `${refused}/${unknown}`;
    const ageMs = now.getTime() - this.seenAtMs;
    if (ageMs < shortestRecountMs || (key === this.key && ageMs < longestSilenceMs)) return this.lines;
    [this.lines, this.key, this.seenAtMs] = [await read(), key, now.getTime()];
    return this.lines;
  }
}

/** Sums of the batch counters; the codes are counted over the rows that stand refused or unknown. */
export async function readProgress(deps: Deps, campaignId: string, known?: ErrorMemory): Promise<CampaignProgress> {
  const row = await requireCampaign(deps.db, campaignId);
  const counts = await countsOfOne(deps.db, row.id);
  const lanes = await laneFigures(deps.db, row.id);
  const now = deps.clock.now();
  const errors = await (known ? known.figures(counts, now, () => errorFigures(deps.db, row.id)) : errorFigures(deps.db, row.id));
  const ratePerSec = row.state === 'running' ? lanes.reduce((sum, lane) => sum + lane.ratePerSec, 0) : 0;
  const endsInMs = ratePerSec > 0 && counts.waiting > 0 ? (counts.waiting / ratePerSec) * 1000 : null;
  return {
    campaignId: row.id,
    state: row.state,
    stateReason: row.stateReason,
    at: now.toISOString(),
    counts,
    byChannel: lanes.map(({ channel, waiting, accepted, refused, unknown }) => ({
      channel: channel as SendingChannel,
      waiting,
      accepted,
      refused,
      unknown,
    })),
    ratePerSec: Math.round(ratePerSec * 10) / 10,
    expectedEndAt: endsInMs === null ? null : new Date(now.getTime() + endsInMs).toISOString(),
    errors: errors.map((line) => errorLineOf(deps, line)),
  };
}

function errorLineOf(deps: Deps, line: ErrorFigures): CampaignProgress['errors'][number] {
  const words = explainCode(deps, line.channel, line.code);
  return {
    channel: line.channel as SendingChannel | null,
    code: line.code,
    class: line.errorClass as CampaignProgress['errors'][number]['class'],
    count: line.rows,
    attempts: line.attempts,
    meaning: words.meaning,
    whatToDo: words.whatToDo,
    canRetry: line.rows > 0 && (line.errorClass === 'transient' || line.errorClass === 'quota'),
  };
}

/** `progress` when something changed, about once a second; ends with the client, or when nothing can change any more. */
export async function watchCampaign(deps: Deps, actor: OfficialActor, campaignId: string, signal: AbortSignal): Promise<EventStream> {
  mayRead(actor);
  await requireCampaign(deps.db, campaignId);
  return progressEvents(deps, campaignId, signal);
}

async function* progressEvents(
  deps: Deps,
  campaignId: string,
  signal: AbortSignal,
): AsyncGenerator<{ event: string; data: unknown; id?: string }> {
  const memory = new ErrorMemory();
  let said = '';
  let silentMs = 0;
  while (!signal.aborted) {
    const progress = await readProgress(deps, campaignId, memory);
    const { at, ...news } = progress;
    const text = JSON.stringify(news);
    if (text !== said || silentMs >= longestSilenceMs) {
      said = text;
      silentMs = 0;
      yield { event: 'progress', data: progress, id: at };
    }
    await sleep(tickMs, signal);
    silentMs += tickMs;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
