import { type CodeSpace, type ComponentEnv, page } from './engine';

const languageGlobals = (
  'Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error AggregateError EvalError ' +
  'RangeError ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array ' +
  'Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet ' +
  'WeakRef Proxy Reflect decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape isFinite isNaN console setTimeout ' +
  'clearTimeout setInterval clearInterval requestAnimationFrame cancelAnimationFrame queueMicrotask'
).split(' ');

/** A path as `require` and navigation understand it, seen from a file. */
export function resolvePath(from: string, target: string): string {
  const folder = from.includes('/') ? from.replace(/[^/]*$/, '') : '';
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target.slice(1) : folder + target).replace(/\.js$/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Only the language itself: no DOM, no fetch, and a `Function` that answers the one guarded probe of webpack and nothing else. */
function languageOnly(): Record<string, unknown> {
  const globals: Record<string, unknown> = {};
  for (const name of languageGlobals) {
    const value = page[name];
    if (value === undefined) continue;
    globals[name] = typeof value === 'function' && /^(set|clear|request|cancel|queue)/.test(name) ? value.bind(page) : value;
  }
  function NoFunction(...given: unknown[]) {
    const source = String(given[given.length - 1]);
    if (source === 'return this') return () => globals;
    page.__report.evals.push(source.slice(0, 80));
    throw new EvalError(`new Function() is forbidden in a mini-program: ${source.slice(0, 60)}`);
  }
  NoFunction.prototype = Function.prototype;
  return Object.assign(globals, { global: globals, globalThis: globals, Function: NoFunction });
}

export interface AppInstance {
  onLaunch?(options: object): void;
  onShow?(options: object): void;
}

export interface Modules {
  load(id: string): unknown;
  app(): AppInstance | null;
}

/** Loads the modules of the program, each in a function that shadows what a mini-program does not have. */
export function createModules(space: CodeSpace, native: object, openPages: () => object[]): Modules {
  const { modules, templates, isAlipay } = page.__program;
  const globals = languageOnly();
  const cache = new Map<string, { exports: unknown }>();
  let app: AppInstance | null = null;
  let current: ComponentEnv | null = null;
  const within =
    (kind: keyof ComponentEnv) =>
    (options: object): unknown => {
      if (!current) throw new Error(`${kind}() called outside a page or component file`);
      return current[kind](options);
    };
  const load = (id: string): unknown => {
    const known = cache.get(id);
    if (known) return known.exports;
    const body = modules[id];
    if (!body) throw new Error(`module ${id} not found`);
    const module = { exports: {} as unknown };
    cache.set(id, module);
    // In the order of `moduleParameters` in bundle.ts.
    const run = () =>
      body.call(
        undefined,
        (target: string) => load(resolvePath(id, target)),
        module,
        module.exports,
        isAlipay ? undefined : native,
        isAlipay ? native : undefined,
        (options: AppInstance) => {
          app = options;
        },
        within('Page'),
        within('Component'),
        within('Behavior'),
        () => app,
        openPages,
        undefined,
        undefined,
        undefined,
        globals,
        undefined,
        isAlipay ? { userAgent: 'AlipayClient' } : undefined,
        undefined,
        undefined,
        undefined,
        globals.Function,
        globals,
      );
    if (!(id in templates)) run();
    else {
      space.componentEnv(id, (env) => {
        const before = current;
        current = env;
        try {
          run();
        } finally {
          current = before;
        }
      });
    }
    return module.exports;
  };
  return { load, app: () => app };
}
