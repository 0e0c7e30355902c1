import type { ServerResponse } from 'node:http';
import type { Exchange, Router } from '../http/router';
import type { ObservedMessage, Platform } from '../world/observation';
import { inWords } from '../world/request-log';
import type { World } from '../world/world';
import { desk, queryNumber } from './desk-reply';

const TICK_MS = 100;
const PER_TICK = 200;
const MAX_LIMIT = 20_000;

/** Read-only: what every phone got, what every platform was asked and said. `prefix` lets the page reach it relatively. */
export function observeRoutes(router: Router, world: World, prefix: string): void {
  router
    .on(
      'GET',
      `${prefix}/observe/messages`,
      desk((exchange) => listMessages(world, exchange)),
    )
    .on(
      'GET',
      `${prefix}/observe/counts`,
      desk(() => counts(world)),
    )
    .on(
      'GET',
      `${prefix}/observe/totals`,
      desk(() => ({ ...world.observation.totals, byPlatform: world.observation.totalsByPlatform })),
    )
    .on(
      'GET',
      `${prefix}/observe/requests`,
      desk((exchange) => listRequests(world, exchange)),
    )
    .stream(`${prefix}/observe/events`, (exchange, response) => streamEvents(world, exchange, response));
}

function listMessages(world: World, exchange: Exchange): object {
  const { query } = exchange;
  const limit = queryNumber(exchange, 'limit', 1000, MAX_LIMIT);
  const since = queryNumber(exchange, 'since', 0, Number.MAX_SAFE_INTEGER);
  const [platform, recipient, attemptKey] = [query.get('platform'), query.get('recipient'), query.get('attemptKey')];
  const isShownOnly = query.get('shown') === 'true';
  const messages: ObservedMessage[] = [];
  let next = since;
  for (const message of world.observation.after(since)) {
    if (messages.length >= limit) break;
    next = message.seq;
    if (platform && message.platform !== platform) continue;
    if (recipient && message.recipient !== recipient) continue;
    if (attemptKey && message.attemptKey !== attemptKey) continue;
    if (isShownOnly && (message.deduped || message.dropped)) continue;
    messages.push(message);
  }
  return { messages, next, last: world.observation.last, oldest: world.observation.oldest };
}

/** `repeated`: shown messages whose person had already been shown the same attempt, over all channels they are known by. */
function counts(world: World): object {
  const { totals, totalsByPlatform } = world.observation;
  const shown = new Set<string>();
  const byAttempt: Record<string, number> = {};
  let repeated = 0;
  for (const message of world.observation.after(0)) {
    if (message.deduped || message.dropped || !message.attemptKey) continue;
    byAttempt[message.attemptKey] = (byAttempt[message.attemptKey] ?? 0) + 1;
    const key = `${personOf(world, message)}|${message.attemptKey}`;
    if (shown.has(key)) repeated += 1;
    else shown.add(key);
  }
  return {
    ...totals,
    byPlatform: totalsByPlatform,
    byAttempt,
    repeated,
    pushesPending: world.pushes.pending,
    oldest: world.observation.oldest,
  };
}

const addressOf = (message: ObservedMessage): string =>
  message.platform === 'wecom'
    ? `wecom:${message.corpId ?? ''}/${message.recipient}`
    : `${message.platform as Platform}:${message.recipient}`;

const personOf = (world: World, message: ObservedMessage): string => world.people.find(addressOf(message))?.id ?? addressOf(message);

function listRequests(world: World, exchange: Exchange): object {
  const since = queryNumber(exchange, 'since', Math.max(0, world.requests.last - 200), Number.MAX_SAFE_INTEGER);
  const limit = queryNumber(exchange, 'limit', 500, 5000);
  const language = exchange.query.get('lang') === 'en' ? 'en' : 'zh';
  const requests: object[] = [];
  for (const entry of world.requests.after(since)) {
    if (requests.length >= limit) break;
    requests.push({ ...entry, words: inWords(entry, language) });
  }
  return { requests, last: world.requests.last };
}

/** One event per tick however many messages came: at 5,000 messages a second a watcher gets ten events a second. */
function streamEvents(world: World, exchange: Exchange, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write(': watching\n\n');
  const wantsMessages = exchange.query.get('messages') !== 'false';
  let fresh: ObservedMessage[] = [];
  let count = 0;
  let isTouched = false;
  let seenRequests = world.requests.last;
  const stop = world.observation.watch((message) => {
    isTouched = true;
    if (!message) return;
    count += 1;
    if (wantsMessages && fresh.length < PER_TICK) fresh.push(message);
  });
  const timer = setInterval(() => {
    if (!isTouched && world.requests.last === seenRequests) return;
    const event = { last: world.observation.last, requests: world.requests.last, count, messages: fresh };
    response.write(`event: change\ndata: ${JSON.stringify(event)}\n\n`);
    fresh = [];
    count = 0;
    isTouched = false;
    seenRequests = world.requests.last;
  }, TICK_MS);
  response.on('close', () => {
    clearInterval(timer);
    stop();
  });
}
