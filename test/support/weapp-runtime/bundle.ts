import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

interface TmplGroup {
  addTmpl(name: string, source: string): readonly { startLine?: number; message?: string }[] | undefined;
  addScript(name: string, source: string): void;
  getTmplGenObjectGroups(): string;
}
const { TmplGroup: Templates } = createRequire(import.meta.url)('glass-easel-template-compiler') as { TmplGroup: new () => TmplGroup };

const builtins = new Set(
  (
    'view text image scroll-view swiper swiper-item rich-text icon progress cover-view cover-image navigator canvas video web-view label form ' +
    'picker picker-view picker-view-column slider movable-area movable-view root-portal match-media page-container map input textarea switch ' +
    'radio radio-group checkbox checkbox-group button'
  ).split(' '),
);
const extensions = {
  weapp: { template: '.wxml', style: '.wxss', script: '.wxs' },
  alipay: { template: '.axml', style: '.acss', script: '.sjs' },
} as const;

/** Names that a mini-program's module does not see, or sees changed; the order is that of `runtime/sandbox.ts`. */
export const moduleParameters = [
  'require',
  'module',
  'exports',
  'wx',
  'my',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'window',
  'document',
  'self',
  'globalThis',
  'location',
  'navigator',
  'XMLHttpRequest',
  'fetch',
  'localStorage',
  'Function',
  'global',
] as const;

function filesOf(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const full = path.join(dir, name);
    return statSync(full).isDirectory() ? filesOf(full).map((each) => path.join(name, each)) : [name];
  });
}

/** Alipay's dialect as WeChat's, and every built-in tag under a name that may be defined. */
function asWxml(source: string, isAlipay: boolean): string {
  const wxml = isAlipay
    ? source
        .replace(/<import-sjs\s+name="([^"]+)"\s+from="([^"]+)"\s*\/>/g, '<wxs module="$1" src="$2"/>')
        .replace(/\ba:(for-item|for-index|for|if|elif|else|key)\b/g, 'wx:$1')
        .replace(/\s(on|catch)([A-Z]\w*)=/g, (_, prefix: string, event: string) => {
          const name = event === 'LongTap' ? 'longpress' : event.toLowerCase();
          return ` ${prefix === 'on' ? 'bind' : 'catch'}${name}=`;
        })
        .replace(/\.axml"/g, '.wxml"')
        .replace(/\.sjs"/g, '.wxs"')
    : source;
  return wxml.replace(/<(\/?)([a-z-]+)(?=[\s>/])/g, (tag, slash: string, name: string) =>
    builtins.has(name) ? `<${slash}wx-${name}` : tag,
  );
}

const notAttribute = /^(bind|catch|wx:|data-|id$|class$|style$|slot$|is$|data$|mark)/;
const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function attributesOf(templates: readonly string[]): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const source of templates) {
    for (const [, tag = '', list = ''] of source.matchAll(/<([a-z-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
      found[tag] ??= new Set();
      for (const [, name = ''] of list.matchAll(/\s([\w:-]+)(?:=|\s|$)/g)) if (!notAttribute.test(name)) found[tag]?.add(camel(name));
    }
  }
  return Object.fromEntries(Object.entries(found).map(([tag, names]) => [tag, [...names]]));
}

function compileTemplates(sources: Readonly<Record<string, string>>, scripts: Readonly<Record<string, string>>): string {
  const group = new Templates();
  for (const [name, source] of Object.entries(scripts)) group.addScript(name, source.replace(/export default\s*/, 'module.exports = '));
  for (const [name, source] of Object.entries(sources)) {
    const problems = group.addTmpl(name, source) ?? [];
    const [first] = problems;
    if (first) throw new Error(`template ${name}:${first.startLine ?? '?'}: ${first.message ?? 'does not compile'}`);
  }
  return group.getTmplGenObjectGroups();
}

/** One script that puts the whole dist folder into `window.__program`. @throws where a template does not compile */
export function bundleOf(distDir: string): string {
  const files = filesOf(distDir);
  const isAlipay = files.some((file) => file.endsWith('.axml'));
  const ext = extensions[isAlipay ? 'alipay' : 'weapp'];
  const read = (file: string) => readFileSync(path.join(distDir, file), 'utf8');
  const gather = (end: string, change: (source: string, file: string) => string = (source) => source) =>
    Object.fromEntries(files.filter((file) => file.endsWith(end)).map((file) => [file.slice(0, -end.length), change(read(file), file)]));
  const templates = gather(ext.template, (source) => asWxml(source, isAlipay));
  const style = (source: string, file: string) =>
    source
      .replace(/@import\s+["']([^"']+)["'];?/g, (_, target: string) => read(path.join(path.dirname(file), target)))
      .replace(/(^|[},\s>+~])page(?=[\s,{:>.[])/g, '$1body');
  const slot = new Templates();
  slot.addTmpl('slot', '<slot/>');
  const program = {
    isAlipay,
    attributes: attributesOf(Object.values(templates)),
    styles: gather(ext.style, style),
    json: Object.fromEntries(Object.entries(gather('.json')).map(([name, source]) => [name, JSON.parse(source)])),
  };
  const modules = Object.entries(gather('.js')).map(
    ([name, source]) => `${JSON.stringify(name)}:function(${moduleParameters.join(',')}){${source}\n}`,
  );
  return [
    `window.__program=${JSON.stringify(program)};`,
    `window.__program.templates=(function(){return ${compileTemplates(templates, gather(ext.script))}})();`,
    `window.__program.slot=(function(){var groupList=${slot.getTmplGenObjectGroups()};return {groupList:groupList,content:groupList.slot}})();`,
    `window.__program.modules={${modules.join(',\n')}};`,
  ].join('\n');
}

/** The runtime itself, for a browser or jsdom. */
export async function runtimeScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'runtime', 'start.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
