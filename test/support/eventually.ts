import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the check holds; its last answer is in the error. Polls, because what is waited for is in another process or a timer. */
export async function eventually(check: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${timeoutMs} ms: ${check}`);
    await sleep(20);
  }
}
