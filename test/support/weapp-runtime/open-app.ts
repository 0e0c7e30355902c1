import { type DOMWindow, JSDOM, VirtualConsole } from 'jsdom';
import { bundleOf, runtimeScript } from './bundle';
import type { Host, MiniPlatform, Report } from './shape';

export interface MiniApp {
  readonly report: Report;
  readonly storage: Map<string, unknown>;
  /** What the shown page says. */
  text(): string;
  route(): string;
  /** Waits until the shown page says it. @throws after eight seconds, with what it says instead */
  until(text: string | RegExp): Promise<void>;
  /** Taps the element with this id, or the innermost one with exactly this text. */
  tap(target: string): Promise<void>;
  /** Types into the field with this id. */
  type(id: string, value: string): Promise<void>;
  /** Answers the platform's picker. */
  pick(id: string, value: string | number): Promise<void>;
  has(target: string): boolean;
  /** A CSS variable or property that the shown page carries inline. */
  style(name: string): string;
  settle(): Promise<void>;
  close(): void;
}

interface Element {
  textContent: string | null;
  children: ArrayLike<Element>;
  style: { display: string; getPropertyValue(name: string): string };
  value: string;
  __pick?: (value: string | number) => void;
  dispatchEvent(event: unknown): void;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): ArrayLike<Element>;
}

/** WeChat sets it on every request, and the page cannot change it. */
const weappReferer = 'https://servicewechat.com/touristappid/devtools/page-frame.html';
const bundles = new Map<string, string>();
let runtime: Promise<string> | undefined;
const tickMs = 25;
const patienceMs = 8000;

/** Runs a dist folder. Its requests to `apiBaseUrl` (as the build has it) go to `serverUrl`. */
export async function openApp(
  platform: MiniPlatform,
  distDir: string,
  given: {
    serverUrl: string;
    apiBaseUrl: string;
    startUrl?: string;
    storage?: Map<string, unknown>;
    answers?: Host['answers'];
    system?: Host['system'];
    isOnline?: () => boolean;
  },
): Promise<MiniApp> {
  runtime ??= runtimeScript();
  const bundle = bundles.get(distDir) ?? bundleOf(distDir);
  bundles.set(distDir, bundle);
  const storage = given.storage ?? new Map<string, unknown>();
  const consoleErrors: string[] = [];
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('jsdomError', (error) => consoleErrors.push(error.message));
  virtualConsole.on('error', (...parts: unknown[]) => consoleErrors.push(parts.map(String).join(' ')));
  const dom = new JSDOM('<body><div id="host"></div></body>', {
    runScripts: 'dangerously',
    pretendToBeVisual: true,
    url: 'http://localhost/',
    virtualConsole,
  });
  const { window } = dom;
  const host: Host = {
    platform,
    startUrl: given.startUrl,
    answers: given.answers ?? {},
    system: given.system ?? {},
    storage,
    async exchange({ method, url, headers, body }) {
      if (given.isOnline && !given.isOnline()) throw new Error('no network');
      if (!url.startsWith(given.apiBaseUrl)) throw new Error(`unexpected address ${url}`);
      const response = await fetch(given.serverUrl + url.slice(given.apiBaseUrl.length), {
        method,
        headers: { ...headers, ...(platform === 'weapp' ? { referer: weappReferer } : {}) },
        body,
      });
      return { status: response.status, text: await response.text() };
    },
  };
  Object.assign(window, { __host: host });
  window.eval(bundle);
  window.eval(await runtime);
  const report = (window as DOMWindow & { __report: Report }).__report;
  report.errors.push(...consoleErrors);
  return driverOf(window, report, storage);
}

function driverOf(window: DOMWindow, report: Report, storage: Map<string, unknown>): MiniApp {
  const hostElement = window.document.getElementById('host') as unknown as Element;
  const shown = (): Element => {
    const pages = Array.from(hostElement.children).filter((each) => each.style.display !== 'none');
    return pages[pages.length - 1] ?? hostElement;
  };
  const text = () => (shown().textContent ?? '').replace(/\s+/g, ' ');
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, tickMs * 2));
  const byId = (id: string): Element | null => shown().querySelector(`[id$="--${id}"], [id="${id}"]`);
  const byText = (wanted: string): Element | undefined => {
    const found = Array.from(shown().querySelectorAll('*')).filter((each) => (each.textContent ?? '').trim() === wanted);
    return found[found.length - 1];
  };
  const find = (target: string) => (/^[\w-]+$/.test(target) ? byId(target) : null) ?? byText(target);
  const need = (target: string): Element => {
    const found = find(target);
    if (!found) throw new Error(`nothing to act on: ${target}; the page says: ${text()}`);
    return found;
  };
  const eventually = async (isTrue: () => boolean, otherwise: () => string) => {
    for (let waited = 0; waited < patienceMs; waited += tickMs) {
      if (isTrue()) return;
      await new Promise((resolve) => setTimeout(resolve, tickMs));
    }
    throw new Error(otherwise());
  };
  const says = (wanted: string | RegExp) => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
  return {
    report,
    storage,
    text,
    settle,
    route: () => report.routes().at(-1) ?? '',
    has: (target) => find(target) !== undefined && find(target) !== null,
    until: (wanted) =>
      eventually(
        () => says(wanted),
        () => `never said ${wanted}; it says: ${text()}\nerrors: ${report.errors.join('\n')}`,
      ),
    style: (name) => {
      const styled = Array.from(shown().querySelectorAll('[style]')).find((each) => each.style.getPropertyValue(name) !== '');
      return styled?.style.getPropertyValue(name).trim() ?? '';
    },
    async tap(target) {
      const element = need(target);
      for (const kind of ['mousedown', 'mouseup']) {
        element.dispatchEvent(new window.MouseEvent(kind, { bubbles: true, composed: true, clientX: 1, clientY: 1 }));
      }
      await settle();
    },
    async type(id, value) {
      const field = need(id).querySelector('input, textarea');
      if (!field) throw new Error(`no field in ${id}`);
      field.value = value;
      field.dispatchEvent(new window.Event('input', { bubbles: true }));
      field.dispatchEvent(new window.Event('blur'));
      await settle();
    },
    async pick(id, value) {
      need(id).__pick?.(value);
      await settle();
    },
    close: () => window.close(),
  };
}
