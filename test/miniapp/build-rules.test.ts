import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { freshBuild } from '../support/weapp-runtime/builds';
import { buildMs } from './phone';

const compilerDir = path.join(
  path.dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json')),
  'bin',
  process.platform === 'darwin' ? 'mac' : 'linux',
);

function filesOf(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const full = path.join(dir, name);
    return statSync(full).isDirectory() ? filesOf(full).map((each) => path.join(name, each)) : [name];
  });
}
const ofKind = (dir: string, end: string) => filesOf(dir).filter((file) => file.endsWith(end));

/** Runs one of WeChat's own compilers, as the package's own wrapper does, over files of a folder. */
function compile(tool: 'wcc' | 'wcsc', cwd: string, files: readonly string[]) {
  const program = path.join(compilerDir, tool);
  chmodSync(program, 0o755);
  const args = tool === 'wcc' ? ['-d', '-cc', '0', ...files, '-gn', '$gwx'] : ['-db', '-pc', String(files.length), ...files];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { status, stderr, isEmpty: stdout.length === 0 };
}

describe('the weapp build', () => {
  let dist: string;
  beforeAll(async () => {
    dist = await freshBuild('weapp');
  }, buildMs);

  it("WeChat's compilers accept every WXML and WXSS, and refuse broken ones", () => {
    const wxml = ofKind(dist, '.wxml');
    const wxss = ofKind(dist, '.wxss');
    expect(wxml.length).toBeGreaterThan(10);
    expect(wxss.length).toBeGreaterThan(10);
    expect(compile('wcc', dist, [...wxml, ...ofKind(dist, '.wxs')])).toEqual({ status: 0, stderr: '', isEmpty: false });
    expect(compile('wcsc', dist, wxss)).toEqual({ status: 0, stderr: '', isEmpty: false });
    const broken = mkdtempSync(path.join(tmpdir(), 'wxml-'));
    writeFileSync(path.join(broken, 'a.wxml'), '<view><text></view>');
    writeFileSync(path.join(broken, 'a.wxss'), '.a { color: red; } }}');
    expect(compile('wcc', broken, ['a.wxml']).status).not.toBe(0);
    expect(compile('wcsc', broken, ['a.wxss']).status).not.toBe(0);
  });

  it('keeps the main package within 420 KB raw and 130 KB gzipped', () => {
    const app = JSON.parse(readFileSync(path.join(dist, 'app.json'), 'utf8')) as { subPackages: { root: string }[]; pages: string[] };
    const roots = app.subPackages.map(({ root }) => `${root.replace(/\/$/, '')}/`);
    const main = filesOf(dist).filter((file) => !roots.some((root) => file.startsWith(root)));
    const contents = main.map((file) => readFileSync(path.join(dist, file)));
    const raw = contents.reduce((sum, each) => sum + each.length, 0);
    const zipped = contents.reduce((sum, each) => sum + gzipSync(each, { level: 9 }).length, 0);
    expect(app.pages).toEqual(['pages/home/index', 'pages/messages/index', 'pages/mine/index']);
    expect(raw).toBeLessThanOrEqual(420_000);
    expect(zipped).toBeLessThanOrEqual(130_000);
    for (const root of roots) {
      const size = filesOf(path.join(dist, root)).reduce((sum, file) => sum + statSync(path.join(dist, root, file)).size, 0);
      expect(size).toBeLessThan(2_000_000);
    }
  });

  it('ships what WeChat asks for: theme, sitemap, sub-packages, icons', () => {
    const app = JSON.parse(readFileSync(path.join(dist, 'app.json'), 'utf8')) as Record<string, unknown>;
    expect(app).toMatchObject({
      darkmode: true,
      themeLocation: 'theme.json',
      sitemapLocation: 'sitemap.json',
      lazyCodeLoading: 'requiredComponents',
    });
    const files = filesOf(dist);
    for (const file of ['theme.json', 'sitemap.json']) expect(files).toContain(file);
    const { list } = app.tabBar as { list: { iconPath: string; selectedIconPath: string }[] };
    for (const { iconPath, selectedIconPath } of list) {
      expect(statSync(path.join(dist, iconPath)).size).toBeLessThan(40_000);
      expect(statSync(path.join(dist, selectedIconPath)).size).toBeLessThan(40_000);
    }
  });
});

describe.each(['weapp', 'alipay'] as const)('the %s build', (platform) => {
  it(
    'holds no eval and no new Function but the guarded one of webpack',
    async () => {
      const dist = await freshBuild(platform);
      const found = ofKind(dist, '.js').flatMap((file) => {
        const source = readFileSync(path.join(dist, file), 'utf8');
        const calls = source.match(/\bnew\s+Function\s*\([^)]*\)|(?<![\w.$])Function\s*\(\s*["'][^)]*\)|(?<![\w.$])eval\s*\(/g) ?? [];
        return calls.map((call) => `${file}: ${call}`);
      });
      expect(found).toEqual(['runtime.js: new Function("return this")']);
    },
    buildMs,
  );

  it(
    'reads no variable of the build at run time',
    async () => {
      const dist = await freshBuild(platform);
      const found = ofKind(dist, '.js').filter((file) => /(?<![\w$.])process\.env\b/.test(readFileSync(path.join(dist, file), 'utf8')));
      expect(found).toEqual([]);
    },
    buildMs,
  );
});
