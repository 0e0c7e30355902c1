import type { Report } from '../shape';
import { type Backend, type CodeSpace, type Dom, page, type Root } from './engine';
import { type Modules, resolvePath } from './sandbox';

interface Open {
  path: string;
  root: Root;
  holder: Dom;
}
export type Navigation = Parameters<Report['navigate']>[0];
const stackLimit = 10;

/** The stack of pages, with the platform's rules for going between them. */
export class PageStack {
  readonly #open: Open[] = [];
  #modules: Modules | null = null;

  constructor(
    readonly backend: Backend,
    readonly space: CodeSpace,
  ) {}

  use(modules: Modules): void {
    this.#modules = modules;
  }
  instances = (): object[] => this.#open.map(({ root }) => root.get());
  routes = (): string[] => this.#open.map(({ path }) => path);

  #paths(): string[] {
    const app = page.__program.json.app ?? {};
    const packages = app.subPackages ?? app.subpackages ?? [];
    return [...(app.pages ?? []), ...packages.flatMap(({ root, pages }) => pages.map((each) => `${root.replace(/\/$/, '')}/${each}`))];
  }

  #loadComponents(path: string, seen = new Set<string>()): void {
    if (seen.has(path)) return;
    seen.add(path);
    const { json, modules } = page.__program;
    for (const target of Object.values({ ...json.app?.usingComponents, ...json[path]?.usingComponents })) {
      const id = resolvePath(path, target);
      this.#loadComponents(id, seen);
      if (modules[id]) this.#modules?.load(id);
    }
  }

  open(url: string): void {
    const [address = '', search = ''] = url.split('?');
    const path = address.replace(/^\//, '');
    if (!this.#paths().includes(path)) throw new Error(`page not in app.json: ${path}`);
    this.#loadComponents(path);
    this.#modules?.load(path);
    const root = this.backend.createRoot('page', this.space, path);
    const instance = root.get();
    const query = Object.fromEntries(new URLSearchParams(search));
    Object.assign(instance, { route: path, __route__: path, options: query });
    const setData = instance.setData;
    instance.setData = (data, done) => {
      page.__report.setData.calls += 1;
      page.__report.setData.bytes += JSON.stringify(data).length;
      return setData.call(instance, data, done);
    };
    const holder = page.document.createElement('div');
    holder.dataset.route = path;
    const placeholder = page.document.createElement('i');
    holder.appendChild(placeholder);
    page.document.getElementById('host').appendChild(holder);
    this.#open.push({ path, root, holder });
    root.attach(holder, placeholder);
    instance.onLoad?.(query);
    instance.onShow?.();
    page.setTimeout(() => instance.onReady?.(), 0);
  }

  #close(entry: Open | undefined): void {
    if (!entry) return;
    entry.root.get().onUnload?.();
    entry.root.release();
    entry.holder.remove();
  }

  go(kind: Navigation, options: { url?: string; delta?: number }): void {
    const current = this.#open[this.#open.length - 1];
    const [address = '', search] = (options.url ?? '').split('?');
    const url = `/${resolvePath(current?.path ?? '', address)}${search === undefined ? '' : `?${search}`}`;
    if (kind === 'navigateTo') this.#push(current, url);
    else if (kind === 'redirectTo') this.#replace(url);
    else if (kind === 'navigateBack') this.#back(options.delta ?? 1);
    else this.#restart(kind, url);
  }

  #push(current: Open | undefined, url: string): void {
    if (this.#open.length >= stackLimit) throw new Error('navigateTo: page stack limit 10');
    current?.root.get().onHide?.();
    if (current) current.holder.style.display = 'none';
    this.open(url);
  }

  #replace(url: string): void {
    this.#close(this.#open.pop());
    this.open(url);
  }

  #back(delta: number): void {
    for (let left = delta; left > 0 && this.#open.length > 1; left -= 1) this.#close(this.#open.pop());
    const shown = this.#open[this.#open.length - 1];
    if (shown) shown.holder.style.display = '';
    shown?.root.get().onShow?.();
  }

  #restart(kind: 'switchTab' | 'reLaunch', url: string): void {
    const tabBar = page.__program.json.app?.tabBar;
    const tabs = (tabBar?.list ?? tabBar?.items ?? []).map((each) => `/${each.pagePath}`);
    if (kind === 'switchTab' && !tabs.includes(url.split('?')[0] ?? '')) throw new Error(`switchTab: not a tab ${url}`);
    while (this.#open.length > 0) this.#close(this.#open.pop());
    this.open(url);
  }
}
