import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithUs, hasEnded } from '../../test/support/janitor';

export const root = path.resolve(import.meta.dirname, '..', '..');

export interface Program {
  readonly url: string;
  readonly pid: number;
  /** SIGTERM, then waits for the end. */
  stop(): Promise<void>;
  /** `kill -9`, then waits for the end. */
  kill(): Promise<void>;
  /** Resolves with the exit code when it ends, whatever the reason. */
  readonly ended: Promise<number>;
}

interface ProgramOptions {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly url: string;
  /** Answers 2xx once the program can be used. */
  readonly readyPath: string;
  readonly logFile?: string;
  readonly timeoutMs?: number;
}

const variablesOfOurs =
  /^(SUIBAN_|WECOM_|WECHAT_|ALIPAY_|SMS_|EMAIL_|DISPATCH_)|^(PORT|HOST|DATA_DIR|PUBLIC_BASE_URL|DATABASE_URL|REDIS_URL|SANDBOX_URL|NODE_ENV|LOG_LEVEL)$/;

/** The environment without settings of another server: a program of a test or demo gets exactly what is given. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !variablesOfOurs.test(name)));

/** Starts one of our TypeScript programs and waits until it answers. @throws Error with the end of its log when it does not */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, options.file), ...(options.args ?? [])], {
    cwd: root,
    env: options.env ? { ...cleanEnvironment(), ...options.env } : process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = keepLog(child, options.logFile);
  const ended = new Promise<number>((resolve) => child.once('exit', (code, signal) => resolve(signal ? 128 : (code ?? 1))));
  // However this process ends, its programs end with it.
  const { pid = 0 } = child;
  endWithUs(pid);
  void ended.then(() => hasEnded(pid));
  await waitUntilReady(options, child, tail);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { url: options.url, pid, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function keepLog(child: ChildProcess, logFile: string | undefined): () => string {
  if (logFile) mkdirSync(path.dirname(logFile), { recursive: true });
  const file = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  let tail = '';
  const keep = (chunk: Buffer) => {
    file?.write(chunk);
    tail = (tail + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => tail;
}

async function waitUntilReady(
  { url, readyPath, file, timeoutMs = 180_000 }: ProgramOptions,
  child: ChildProcess,
  tail: () => string,
): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${file} ended while starting (${child.exitCode})\n${tail()}`);
    const answer = await fetch(`${url}${readyPath}`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${file} was not ready within ${timeoutMs / 1000} s\n${tail()}`);
}

/** The sandbox: a process of its own, so that it outlives a killed server. */
export const startSandbox = (port: number, pushTarget: string, logFile?: string): Promise<Program> =>
  startProgram({
    file: 'test/emulators/main.ts',
    args: ['--port', String(port), '--push-target', pushTarget],
    url: `http://127.0.0.1:${port}`,
    readyPath: '/observe/totals',
    ...(logFile ? { logFile } : {}),
  });

/** One server process; `env` is its whole configuration. */
export const startServer = (port: number, env: Readonly<Record<string, string>>, logFile?: string): Promise<Program> =>
  startProgram({
    file: 'bot-server/src/main.ts',
    env: { ...env, PORT: String(port) },
    url: `http://127.0.0.1:${port}`,
    readyPath: '/health',
    ...(logFile ? { logFile } : {}),
  });
