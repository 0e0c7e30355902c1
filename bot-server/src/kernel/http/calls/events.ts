import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../limits';
import type { Problem } from '../problem';
import type { EventStream } from '../route';

type Event = EventStream extends AsyncIterable<infer E> ? E : never;

const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]/g, ' ');

export function eventText({ event, data, id }: Event): string {
  const idLine = id === undefined ? '' : `id: ${oneLine(id)}\n`;
  return `${idLine}event: ${oneLine(event)}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Waits for a slow reader, so that a dashboard left open in a sleeping laptop holds one buffer and no more. */
async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, 'drain', { signal });
}

async function beat(response: ServerResponse, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(limits.heartbeatMs, undefined, { signal, ref: false });
    if (!response.writableNeedDrain) response.write(':\n\n');
  }
}

/**
 * Writes server-sent events until the stream ends, the client leaves or the server drains (`signal`). A failure on the way
 * becomes a last event named `problem`.
 */
export async function writeEvents(
  response: ServerResponse,
  stream: EventStream,
  options: { signal: AbortSignal; toProblem: (error: unknown) => Problem },
): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write('retry: 2000\n\n');
  beat(response, signal).catch(() => undefined);
  const iterator = stream[Symbol.asyncIterator]();
  const gone = new Promise<undefined>((resolve) => options.signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  try {
    while (!options.signal.aborted) {
      const next = await Promise.race([iterator.next(), gone]);
      if (next === undefined || next.done) break;
      await write(response, eventText(next.value), signal);
    }
  } catch (error) {
    if (!options.signal.aborted) response.write(eventText({ event: 'problem', data: options.toProblem(error) }));
  } finally {
    ended.abort();
    // NOTE: not awaited: a generator that waits for its next event ends only when that wait does.
    iterator.return?.().catch(() => undefined);
    response.end();
  }
}
