/**
 * A WeChat or Alipay build run outside the phone: `bundle.ts` compiles a dist folder into one script, `open-app.ts` runs it in jsdom on
 * WeChat's own component framework (glass-easel), with the platform's API replaced by `runtime/native.ts`. Alipay's templates are rewritten
 * as WeChat's first: that proves Taro's Alipay output and our code, not Alipay's own compiler.
 */
export type MiniPlatform = 'weapp' | 'alipay';

export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}
export interface HttpResponse {
  status: number;
  text: string;
}

/** What the page's window is given from outside. */
export interface Host {
  platform: MiniPlatform;
  /** Where the app starts: a page with its query. */
  startUrl: string | undefined;
  exchange(request: HttpRequest): Promise<HttpResponse>;
  /** Answer of a platform call by name, instead of the runtime's own. */
  answers: Readonly<Record<string, (options: unknown) => unknown>>;
  storage: Map<string, unknown>;
  /** What the system says of itself, beside the runtime's own. */
  system: Readonly<Record<string, unknown>>;
}

/** What the window gives back. */
export interface Report {
  errors: string[];
  /** Sources that were given to `new Function` or `eval`: forbidden in a mini-program. */
  evals: string[];
  /** Platform calls that the runtime only notes. */
  calls: [name: string, options: unknown][];
  setData: { calls: number; bytes: number };
  /** Open pages, the shown one last. */
  routes(): string[];
  navigate(kind: 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch' | 'navigateBack', url?: string): void;
}

/** A compiled dist: templates, styles, JSON and modules, as the runtime reads them. */
export interface Program {
  isAlipay: boolean;
  /** Attributes found per tag: the built-in components declare them. */
  attributes: Readonly<Record<string, readonly string[]>>;
  templates: Readonly<Record<string, unknown>>;
  slot: { groupList: Readonly<Record<string, unknown>>; content: unknown };
  styles: Readonly<Record<string, string>>;
  json: Readonly<Record<string, PageJson>>;
  modules: Readonly<Record<string, (...given: unknown[]) => void>>;
}
export interface PageJson {
  pages?: readonly string[];
  subPackages?: readonly { root: string; pages: readonly string[] }[];
  subpackages?: readonly { root: string; pages: readonly string[] }[];
  usingComponents?: Readonly<Record<string, string>>;
  tabBar?: { list?: readonly { pagePath: string }[]; items?: readonly { pagePath: string }[] };
  window?: { navigationBarTitleText?: string };
}
