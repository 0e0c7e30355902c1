import Taro from '@tarojs/taro';
import { signInByBrowser } from '@/api/identity';
import { platform } from '@/platform/current';
import { deviceStorage } from '@/platform/storage';
import { sessions } from '.';

const returnKey = 'oauth-return';

/** A page of ours, as the router names it. Anything else is not gone to. */
const pageOf = (path: unknown): string | undefined =>
  typeof path === 'string' && /^\/(packages|pages)\/[a-z/-]+\/index(\?|$)/.test(path) ? path : undefined;

interface Below {
  /** On the web with the base of the router before it and a stamp behind it, without the page's own parameters. */
  readonly path?: string;
  readonly $taroParams?: Readonly<Record<string, unknown>>;
}

/** The page below this one, as it was opened. */
function pageBelow(): string | undefined {
  const pages = Taro.getCurrentPages() as readonly Below[];
  const below = pages[pages.length - 2];
  const page = /\/(?:packages|pages)\/[a-z/-]+\/index(?=\?|$)/.exec(below?.path ?? '')?.[0];
  const search = Object.entries(below?.$taroParams ?? {})
    .flatMap(([name, value]) =>
      typeof value === 'string' && !['stamp', '$taroTimestamp'].includes(name) ? [`${name}=${encodeURIComponent(value)}`] : [],
    )
    .join('&');
  return page && `${page}${search ? `?${search}` : ''}`;
}

/** Leaves for the app's own page, and remembers the page that asked for the sign-in. */
export function leaveToSignIn(): void {
  const path = pageBelow();
  if (path) deviceStorage.write(returnKey, path);
  else deviceStorage.remove(returnKey);
  platform.browserSignIn?.leave();
}

/** Back from there: the code is good once. */
export async function signInWithBrowser({ client, code, state }: { client: string; code: string; state: string }): Promise<void> {
  sessions.start(await signInByBrowser(client, code, state));
}

/** To the page that asked, or home; the pages of the sign-in are left behind. */
export function goOnAfterSignIn(): void {
  const path = pageOf(deviceStorage.read(returnKey)) ?? '/pages/home/index';
  deviceStorage.remove(returnKey);
  void Taro.reLaunch({ url: path });
}
