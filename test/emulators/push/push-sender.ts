import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Platform } from '../world/observation';
import type { Action, RequestLog } from '../world/request-log';
import type { Script } from '../world/script';
import type { BuiltPush } from './built-push';

export interface PushResult {
  /** HTTP status, or 0 when there was no answer inside the time. */
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
}

export interface QueuedPush {
  readonly platform: Platform;
  readonly action: Action;
  readonly subject: string;
  /** Built afresh for every delivery, as a platform signs each repeat anew. */
  readonly build: () => BuiltPush;
  /** The platform's own sign that a push was taken; any 2xx unless given. */
  readonly accepts?: (result: PushResult) => boolean;
  /** The platform's own waits between deliveries until it is taken; the script's `repeats` unless given. */
  readonly waitsMs?: readonly number[];
  /** What the server answered to the first delivery that it took; a repeat's or a duplicate's answer is not shown again. */
  readonly onAnswer?: (body: string) => void;
  /** No delivery was taken. */
  readonly onSilence?: () => void;
}

const DELIVERIES_AT_ONCE = 32;

/** One delivery. The platform hangs up after `timeoutMs` and counts that as not taken. */
export function deliver(target: string, push: BuiltPush, timeoutMs: number): Promise<PushResult> {
  const url = new URL(push.path, target);
  const startedAt = performance.now();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const settle = (status: number, body: string): void => resolve({ status, body, tookMs: Math.round(performance.now() - startedAt) });
    const request = send(url, {
      method: push.method,
      headers: { ...push.headers, 'content-length': String(Buffer.byteLength(push.body)) },
    });
    const deadline = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    request.on('error', (error) => {
      clearTimeout(deadline);
      settle(0, error.message);
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => settle(0, error.message));
      response.on('end', () => {
        clearTimeout(deadline);
        settle(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'));
      });
    });
    request.end(push.body);
  });
}

/** Delivers in the background: repeats, duplicates and order as the script says. */
export class PushSender {
  private readonly held: QueuedPush[] = [];
  private readonly waiting: QueuedPush[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private running = 0;

  constructor(
    private readonly script: Script,
    private readonly log: RequestLog,
  ) {}

  enqueue(push: QueuedPush): void {
    if (this.script.push.shuffle > 0) {
      this.held.push(push);
      if (this.held.length < this.script.push.shuffle) return;
      this.waiting.push(...this.held.splice(0).reverse());
    } else this.waiting.push(push);
    this.pump();
  }

  /** Sends what a shuffle still holds. */
  flush(): void {
    this.waiting.push(...this.held.splice(0).reverse());
    this.pump();
  }

  get pending(): number {
    return this.held.length + this.waiting.length + this.running + this.timers.size;
  }

  later(delayMs: number, push: QueuedPush): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.enqueue(push);
    }, delayMs);
    this.timers.add(timer);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.waiting.length = 0;
    this.held.length = 0;
  }

  private pump(): void {
    while (this.running < DELIVERIES_AT_ONCE) {
      const push = this.waiting.shift();
      if (!push) return;
      this.running += 1;
      void this.deliverWithRepeats(push).finally(() => {
        this.running -= 1;
        this.pump();
      });
    }
  }

  private async deliverWithRepeats(push: QueuedPush): Promise<void> {
    if (push.waitsMs) return this.deliverUntilTaken(push, push.waitsMs);
    const { repeats, repeatDelayMs, duplicates } = this.script.push;
    let failures = 0;
    let copies = duplicates + 1;
    let isAnswered = false;
    while (copies > 0 && failures <= repeats) {
      const { target, timeoutMs } = this.script.push;
      if (!target) {
        this.record(push, { status: 0, body: '', tookMs: 0 });
        return;
      }
      const result = await deliver(target, push.build(), timeoutMs);
      this.record(push, result);
      if (takes(push, result)) {
        copies -= 1;
        if (!isAnswered) push.onAnswer?.(result.body);
        isAnswered = true;
      } else {
        failures += 1;
        if (failures <= repeats) await new Promise((resolve) => setTimeout(resolve, repeatDelayMs));
      }
    }
    if (!isAnswered) push.onSilence?.();
  }

  /** Between deliveries it holds no place, for the waits are long. */
  private async deliverUntilTaken(push: QueuedPush, [waitMs, ...more]: readonly number[]): Promise<void> {
    const { target, timeoutMs, duplicates } = this.script.push;
    let isDone = false;
    for (let copy = 0; copy <= duplicates; copy += 1) {
      const result = target ? await deliver(target, push.build(), timeoutMs) : { status: 0, body: '', tookMs: 0 };
      this.record(push, result);
      isDone ||= takes(push, result);
    }
    if (!isDone && waitMs !== undefined && target) this.later(waitMs, { ...push, waitsMs: more });
  }

  private record(push: QueuedPush, result: PushResult): void {
    const { platform, action, subject } = push;
    const taken = takes(push, result);
    this.log.add({
      platform,
      action,
      subject,
      count: 1,
      outcome: taken ? 'pushed' : 'push-failed',
      code: String(result.status),
      detail: taken ? '' : this.script.push.target ? result.body.slice(0, 200) : ['没有设置服务器地址', 'no server address is set'],
      tookMs: result.tookMs,
    });
  }
}

const takes = (push: QueuedPush, result: PushResult): boolean => (push.accepts ?? isTaken)(result);

export const isTaken = (result: PushResult): boolean => result.status >= 200 && result.status < 300;
