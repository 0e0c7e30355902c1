import { builtApiBaseUrl, freshBuild } from '../support/weapp-runtime/builds';
import { type MiniApp, openApp } from '../support/weapp-runtime/open-app';
import type { MiniPlatform } from '../support/weapp-runtime/shape';
import { type Stub, startStub } from './stub-api';

/** Time for a build that is missing or stale. */
export const buildMs = 240_000;

export const signedIn = (): Map<string, unknown> =>
  new Map([['suiban.sessions', JSON.stringify({ main: { token: 'stub-token', expiresAt: '2099-01-01T00:00:00.000Z' }, links: [] })]]);

export interface Bench {
  stub: Stub;
  open(startUrl?: string, more?: Partial<Parameters<typeof openApp>[2]>): Promise<MiniApp>;
  /** Closes what is open and forgets what was asked and saved. */
  clear(): void;
}

/** A compiled build and a server of its own. */
export async function startBench(platform: MiniPlatform): Promise<Bench> {
  const dist = await freshBuild(platform);
  const stub = await startStub();
  const apps: MiniApp[] = [];
  return {
    stub,
    async open(startUrl, more = {}) {
      const app = await openApp(platform, dist, { serverUrl: stub.url, apiBaseUrl: builtApiBaseUrl, startUrl, ...more });
      apps.push(app);
      return app;
    },
    clear() {
      for (const app of apps.splice(0)) app.close();
      for (const campaign of stub.campaigns.values()) {
        campaign.drafts.clear();
        campaign.state = 'open';
        campaign.submission = null;
        campaign.ordersToOpen = [];
      }
      stub.asked.length = 0;
      stub.intercept = undefined;
    },
  };
}
