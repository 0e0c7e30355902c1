import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageDir } from '../../bot-server/src/config/paths';
import { type ArtifactName, ensureBuilt } from '../support/artifacts';
import { type Program, root, startSandbox, startServer } from '../support/processes';
import { isFree, portOf } from './ports';
import { type DemoPlace, preparePhones, seedDemo } from './seed-demo';
import { createSteps } from './steps';
import { printWelcome } from './welcome';

/*
 * `npm start`: sandbox, server with its worker, console and phone pages, and a city to look at. The pages are built while the server
 * starts and the data is prepared. With PostgreSQL, or with platform accounts only, nothing is made up.
 */
const startedAt = performance.now();
const steps = createSteps();
const programs: Program[] = [];
let isStopping = false;

async function stop(code: number): Promise<never> {
  if (!isStopping) {
    isStopping = true;
    steps.end();
    if (programs.length > 0) console.log('\n正在停止 · stopping');
    for (const program of programs) await program.stop();
  }
  process.exit(code);
}

async function fail(text: string, code = 78): Promise<never> {
  console.error(text);
  return stop(code);
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function settings() {
  const port = portOf(process.env.PORT, 3000);
  if (port === undefined) return fail(`PORT 应为端口号，现在是“${process.env.PORT}” · PORT must be a port number`);
  const sandboxPort = portOf(process.env.SANDBOX_PORT, port + 10 <= 65_535 ? port + 10 : port - 10);
  if (sandboxPort === undefined)
    return fail(`SANDBOX_PORT 应为端口号，现在是“${process.env.SANDBOX_PORT}” · SANDBOX_PORT must be a port number`);
  for (const [name, wanted] of [['PORT', port], ...(process.env.SANDBOX_URL ? [] : [['SANDBOX_PORT', sandboxPort] as const])] as const) {
    if (await isFree(wanted)) continue;
    await fail(`端口 ${wanted} 已被占用：停掉占用的程序，或换一个端口，如 ${name}=${wanted + 100} npm start · port ${wanted} is taken`);
  }
  const dataDir = path.resolve(root, process.env.DATA_DIR || '.data');
  return { port, sandboxPort, dataDir, logs: path.join(dataDir, 'logs'), localUrl: `http://127.0.0.1:${port}` };
}

type Place = Awaited<ReturnType<typeof settings>>;
interface Demo {
  readonly mark: string;
  readonly place: DemoPlace;
}

const pages: readonly { name: ArtifactName; zh: string; en: string }[] = [
  { name: 'console', zh: '构建管理台', en: 'building the console' },
  { name: 'h5', zh: '构建手机页面（首次约 1 分钟）', en: 'building the phone pages (about a minute the first time)' },
];

/** What is made up for a look around: only on the embedded database, against the sandbox. */
function demoOf(sandboxUrl: string | undefined, { dataDir, localUrl }: Place): Demo | undefined {
  if (sandboxUrl === undefined || process.env.DATABASE_URL || process.env.NODE_ENV === 'production') return undefined;
  const mark = path.join(dataDir, 'demo-data');
  const cityFile = path.join(packageDir, 'city', `${process.env.SUIBAN_CITY || 'shanghai'}.yaml`);
  return { mark, place: { baseUrl: localUrl, sandboxUrl, cityFile, isSeeded: existsSync(mark) } };
}

/** Once only: what an earlier start left half done stays so, for doing it again would make everything twice. */
async function prepare({ mark, place }: Demo): Promise<void> {
  const [zh, en] = place.isSeeded ? ['准备一次走访', 'a visit to watch'] : ['准备演示数据', 'preparing demo data'];
  if (!place.isSeeded) writeFileSync(mark, 'begun');
  try {
    await steps.run(zh, en, () => seedDemo(place));
    if (!place.isSeeded) writeFileSync(mark, 'done');
  } catch (error) {
    console.error(`演示数据没有准备完整 · the demo data is incomplete: ${firstLine(error)}`);
  }
  if (readFileSync(mark, 'utf8') === 'begun')
    console.error(`要从头准备，请停止后删除 ${path.dirname(mark)} · to begin anew, stop and delete that folder`);
}

async function startAll(where: Place) {
  const { port, sandboxPort, dataDir, logs, localUrl } = where;
  let sandboxUrl = process.env.SANDBOX_URL;
  if (!sandboxUrl && process.env.NODE_ENV !== 'production') {
    const sandbox = await steps.run('启动平台沙箱', 'starting the sandbox', () =>
      startSandbox(sandboxPort, localUrl, path.join(logs, 'sandbox.log')),
    );
    programs.push(sandbox);
    sandboxUrl = sandbox.url;
  }
  const demo = demoOf(sandboxUrl, where);
  if (demo) await preparePhones(demo.place);
  const given = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const env = {
    // Two in flight: a campaign of a few hundred can be watched, and is still sent within a minute.
    DISPATCH_WINDOW_SIZE: '2',
    ...given,
    DATA_DIR: dataDir,
    PUBLIC_BASE_URL: process.env.PUBLIC_BASE_URL || `http://localhost:${port}`,
    ...(sandboxUrl ? { SANDBOX_URL: sandboxUrl } : {}),
  };
  const server = await steps.run('启动服务', 'starting the server', () => startServer(port, env, path.join(logs, 'server.log')));
  programs.unshift(server);
  void server.ended.then((code) => {
    if (!isStopping) void fail(`服务意外退出（${code}），日志在 ${path.join(logs, 'server.log')} · the server ended unexpectedly`, 1);
  });
  return { demo, baseUrl: env.PUBLIC_BASE_URL };
}

async function main(): Promise<void> {
  const place = await settings();
  mkdirSync(place.logs, { recursive: true });
  for (const name of ['server.log', 'sandbox.log']) rmSync(path.join(place.logs, name), { force: true });
  const builds = Promise.all(pages.map(({ name, zh, en }) => steps.run(zh, en, () => ensureBuilt(name))));
  builds.catch((error: unknown) => fail(firstLine(error), 1));
  const { demo, baseUrl } = await startAll(place);
  if (demo) await prepare(demo);
  await builds;
  steps.end();
  await printWelcome({
    baseUrl,
    localUrl: place.localUrl,
    elapsed: `${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
    isDemo: demo !== undefined,
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
main().catch((error: unknown) => fail(firstLine(error), 1));
