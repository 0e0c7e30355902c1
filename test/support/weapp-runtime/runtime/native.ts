import type { HttpRequest, HttpResponse } from '../shape';
import { page } from './engine';
import type { Navigation, PageStack } from './pages';

interface Callbacks {
  success?(answer: object): void;
  fail?(problem: object): void;
  complete?(answer: object): void;
}
type Options = Callbacks & { url?: string; delta?: number } & Record<string, unknown>;

const standardSystem = {
  platform: 'devtools',
  system: 'iOS 17.0',
  SDKVersion: '3.8.0',
  version: '8.0.50',
  language: 'zh_CN',
  theme: 'light',
  pixelRatio: 2,
  windowWidth: 375,
  windowHeight: 724,
  screenWidth: 375,
  screenHeight: 812,
  statusBarHeight: 44,
  fontSizeScaleFactor: 1,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
};

const later = (run: () => void) => page.setTimeout(run, 0);
function answer(options: Callbacks | undefined, value: object = {}): Promise<object> {
  const full = { errMsg: 'ok', ...value };
  later(() => {
    options?.success?.(full);
    options?.complete?.(full);
  });
  return Promise.resolve(full);
}
function refuse(options: Callbacks | undefined, problem: object): Promise<object> {
  later(() => {
    options?.fail?.(problem);
    options?.complete?.(problem);
  });
  return Promise.reject(problem);
}
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

function request(options: Options) {
  const given: HttpRequest = {
    method: String(options.method ?? 'GET'),
    url: String(options.url),
    headers: (options.header ?? options.headers ?? {}) as Record<string, string>,
    body: options.data === undefined ? undefined : typeof options.data === 'string' ? options.data : JSON.stringify(options.data),
  };
  let isAborted = false;
  page.__host.exchange(given).then(
    ({ status, text }: HttpResponse) => {
      if (isAborted) return;
      const data = parsed(text);
      // Alipay answers 400 and above as error 19; WeChat as a success with its status.
      if (page.__program.isAlipay && status >= 400)
        return options.fail?.({ error: 19, errorMessage: 'http status error', status, data, headers: {} });
      options.success?.(
        page.__program.isAlipay ? { status, data, headers: {} } : { statusCode: status, data, header: {}, errMsg: 'request:ok' },
      );
    },
    (reason: Error) =>
      options.fail?.(page.__program.isAlipay ? { error: 12, errorMessage: reason.message } : { errMsg: `request:fail ${reason.message}` }),
  );
  return {
    abort: () => {
      isAborted = true;
    },
    onHeadersReceived() {},
    offHeadersReceived() {},
  };
}

/** Each platform names the temporary file in its own way. */
function downloadFile(options: Options) {
  const given = { method: 'GET', url: String(options.url), headers: (options.header ?? {}) as Record<string, string>, body: undefined };
  page.__host.exchange(given).then(
    ({ status }) =>
      answer(options, page.__program.isAlipay ? { apFilePath: 'temporary-file' } : { statusCode: status, tempFilePath: 'temporary-file' }),
    (reason: Error) => options.fail?.({ errMsg: `downloadFile:fail ${reason.message}` }),
  );
  return { abort() {}, onProgressUpdate() {} };
}

/** Whether a tap is still being handled: WeChat shows the subscription prompt only then. */
let isTapping = false;
export function noteTap(): void {
  isTapping = true;
  later(() => {
    isTapping = false;
  });
}

function subscribe(options: Options) {
  if (page.__program.isAlipay) {
    const ids = options.entityIds as string[];
    return answer(options, {
      behavior: 'subscribe',
      result: { subscribeEntityIds: ids, subscribedEntityIds: ids, unsubscribedEntityIds: [] },
    });
  }
  if (!isTapping)
    return refuse(options, { errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.', errCode: 10005 });
  return answer(options, Object.fromEntries((options.tmplIds as string[]).map((id) => [id, 'accept'])));
}

function storageOf(isAlipay: boolean) {
  const { storage } = page.__host;
  const info = () => ({ keys: [...storage.keys()], currentSize: 1, limitSize: 10240 });
  if (isAlipay) {
    return {
      getStorageSync: ({ key }: { key: string }) => ({ data: storage.get(key) ?? null }),
      setStorageSync: ({ key, data }: { key: string; data: unknown }) => void storage.set(key, data),
      removeStorageSync: ({ key }: { key: string }) => void storage.delete(key),
      getStorageInfoSync: info,
    };
  }
  return {
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, data: unknown) => void storage.set(key, data),
    removeStorageSync: (key: string) => void storage.delete(key),
    getStorageInfoSync: info,
  };
}

function selectorQuery() {
  const query = {
    in: () => query,
    select: () => field,
    selectAll: () => field,
    selectViewport: () => field,
    exec: (done?: (found: unknown[]) => void) => later(() => done?.([])),
  };
  const field = {
    boundingClientRect: () => query,
    fields: () => query,
    scrollOffset: () => query,
    node: () => query,
    context: () => query,
  };
  return query;
}

/** Calls that change what a test cannot see: noted, and answered with ok. Both platforms have them. */
const noted = [
  'setNavigationBarTitle',
  'setBackgroundColor',
  'setTabBarBadge',
  'removeTabBarBadge',
  'pageScrollTo',
  'makePhoneCall',
  'hideKeyboard',
  'previewImage',
  'openDocument',
];
const listeners = ['onNetworkStatusChange', 'offNetworkStatusChange', 'onError', 'onUnhandledRejection', 'onPageNotFound'];

/** `wx` or `my`. Taro takes over the keys that are there, so a name that is missing here is missing in the app, as on an old phone. */
export function createNative(stack: PageStack): object {
  const { isAlipay, json } = page.__program;
  // Each platform's standard size of text.
  const system = { ...standardSystem, fontSizeSetting: isAlipay ? 16 : 17, ...page.__host.system };
  const launch = { path: json.app?.pages?.[0], query: {}, scene: 1001 };
  const go = (kind: Navigation) => (options: Options) => {
    later(() => {
      try {
        stack.go(kind, options);
        options.success?.({ errMsg: 'ok' });
      } catch (reason) {
        page.__report.errors.push(String((reason as Error).stack));
        options.fail?.({ errMsg: String(reason) });
      }
    });
    return Promise.resolve({ errMsg: 'ok' });
  };
  const known: Record<string, unknown> = {
    getSystemInfoSync: () => system,
    getSystemInfo: (options: Options) => answer(options, system),
    getWindowInfo: () => system,
    getDeviceInfo: () => system,
    getAppBaseInfo: () => system,
    getAccountInfoSync: () => ({ miniProgram: { appId: 'touristappid', envVersion: 'develop' } }),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getMenuButtonBoundingClientRect: () => ({ top: 48, bottom: 80, left: 281, right: 368, width: 87, height: 32 }),
    getNetworkType: (options: Options) => answer(options, { networkType: 'wifi' }),
    canIUse: () => true,
    nextTick: (run: () => void) => void Promise.resolve().then(run),
    login: (options: Options) => answer(options, { code: 'platform-code' }),
    getAuthCode: (options: Options) => answer(options, { authCode: 'platform-code' }),
    createSelectorQuery: selectorQuery,
    navigateTo: go('navigateTo'),
    redirectTo: go('redirectTo'),
    switchTab: go('switchTab'),
    reLaunch: go('reLaunch'),
    navigateBack: go('navigateBack'),
    requestSubscribeMessage: subscribe,
    request,
    downloadFile,
    env: isAlipay ? { clientName: 'ap', clientEnv: 'prod' } : {},
    ...storageOf(isAlipay),
  };
  for (const name of noted) {
    known[name] = (options: Options) => {
      page.__report.calls.push([name, options]);
      return answer(options);
    };
  }
  for (const name of listeners) known[name] = () => undefined;
  if (!isAlipay) for (const name of ['onThemeChange', 'offThemeChange']) known[name] = () => undefined;
  for (const [name, given] of Object.entries(page.__host.answers))
    known[name] = (options: Options) => answer(options, given(options) as object);
  return known;
}
