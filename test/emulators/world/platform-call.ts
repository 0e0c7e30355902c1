import type { Exchange, Handler, Reply } from '../http/router';
import type { Platform } from './observation';
import type { Action, Remark } from './request-log';
import type { World } from './world';

/** What a platform made of one call. */
export interface Answer {
  readonly status?: number;
  readonly body: object;
  readonly code: string;
  readonly isRefusal: boolean;
  readonly subject?: string;
  readonly count?: number;
  readonly detail?: Remark;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallKind {
  readonly platform: Platform;
  readonly action: Action;
  /** Sends meet the scripted errors, lost replies and quota; other calls only the latency. */
  readonly isSend: boolean;
  /** The platform's way of saying a code. */
  readonly refuse: (code: string, httpStatus: number) => Answer;
  /** On arrival, before any waiting: a refusal, or what to undo once the answer has gone. */
  readonly enter?: (exchange: Exchange) => Answer | (() => void);
}

const wait = (ms: number): Promise<void> => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms)));

/**
 * The life of a call: half of the latency → scripted error, or the platform takes it → half of the latency → answer or
 * closed socket. So a client that dies while it waits has been served in about half of the cases, as in real life.
 */
export function platformCall(world: World, kind: CallKind, take: (exchange: Exchange) => Answer): Handler {
  return async (exchange) => {
    const startedAt = performance.now();
    const entered = kind.enter?.(exchange);
    if (entered && typeof entered !== 'function') return finish(world, kind, entered, false, startedAt);
    try {
      const latencyMs = world.script.latencyMs(kind.platform);
      await wait(latencyMs / 2);
      const answer = scriptedRefusal(world, kind) ?? take(exchange);
      await wait(latencyMs / 2);
      const isLost = kind.isSend && !answer.isRefusal && world.script.fires(world.script.platforms[kind.platform].lostReplies);
      return finish(world, kind, answer, isLost, startedAt);
    } finally {
      entered?.();
    }
  };
}

function scriptedRefusal(world: World, kind: CallKind): Answer | undefined {
  const { errors } = world.script.platforms[kind.platform];
  if (!kind.isSend || !errors || !world.script.fires(errors)) return undefined;
  return kind.refuse(errors.code, errors.httpStatus);
}

function finish(world: World, kind: CallKind, answer: Answer, isLost: boolean, startedAt: number): Reply {
  world.requests.add({
    platform: kind.platform,
    action: kind.action,
    subject: answer.subject ?? '',
    count: answer.count ?? 1,
    outcome: isLost ? 'lost' : answer.isRefusal ? 'refused' : 'accepted',
    code: answer.code,
    detail: answer.detail ?? '',
    tookMs: Math.round(performance.now() - startedAt),
  });
  return { status: answer.status ?? 200, body: answer.body, isLost, ...(answer.headers ? { headers: answer.headers } : {}) };
}
