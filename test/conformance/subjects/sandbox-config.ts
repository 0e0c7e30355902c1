import { loadConfig } from '../../../bot-server/src/config/load-config';
import { temporaryFolder } from '../../support/process';

/** Settings of a server whose platforms all lie at `sandboxUrl`; the accounts are the published ones of the sandbox. */
export const sandboxConfig = (sandboxUrl = 'http://127.0.0.1:1') =>
  loadConfig({ DATA_DIR: temporaryFolder('channels'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: sandboxUrl });

/** For the builders of pushes, which need keys and no address. */
export const { accounts } = sandboxConfig();

export const keysOf = ({ callbackToken, encodingAesKey }: { callbackToken: string; encodingAesKey: string }) => ({
  name: 'default',
  token: callbackToken,
  encodingAesKey,
});
