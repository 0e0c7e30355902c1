import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { canaries } from '../../test/support/canaries';
import { temporaryFolder } from '../../test/support/process';
import { complaintsOf, searchLogs } from './search-logs';

const info = (text: string): string => `{"level":30,"time":"2026-11-25T03:00:00.000Z","msg":"${text}"}`;
function folderWith(...lines: readonly string[]): string {
  const folder = temporaryFolder('logs');
  writeFileSync(path.join(folder, 'suite-1.log'), `${lines.join('\n')}\n`);
  return folder;
}

describe('the search for canaries', () => {
  it('complains of a folder that is not there, is empty, or holds warnings only', () => {
    for (const folder of ['/nonexistent/folder', temporaryFolder('logs'), folderWith('{"level":40,"msg":"x"}')])
      expect(complaintsOf(searchLogs(folder))).toEqual([expect.stringContaining('nothing to search')]);
  });

  it('finds nothing in ordinary lines', () => {
    const found = searchLogs(folderWith(info('ready'), info('request 12345678901 took 139 ms'), 'not json'));
    expect(found).toEqual({ files: 1, lines: 3, infoLines: 2, hits: [] });
    expect(complaintsOf(found)).toEqual([]);
  });

  it.each([
    ['secret', canaries.secret],
    ['secret', sandboxAccounts.wecom.secret],
    ['secret', sandboxAccounts.wechatMini.encodingAesKey],
    ['secret', sandboxAccounts.sms.key],
    ['secret', sandboxAccounts.email.password],
    ['secret', sandboxAccounts.wechatPay.apiV3Key],
    ['token', `${canaries.token}AbC-_1`],
    ['openid', `${canaries.openid}0000000007`],
    ['openid', 'oSandboxRestaurantAgent00001'],
    ['mobile', `${canaries.mobile}00000071`],
    ['mobile', '19900000001'],
    ['text', `${canaries.text}餐饮服务问卷`],
  ])('finds a %s wherever it stands, and does not repeat it', (kind, planted) => {
    const found = searchLogs(folderWith(info('ready'), info(`x${planted.startsWith('1') ? ' ' : ''}${planted}`)));
    expect(found.hits).toContain(`suite-1.log:2: ${kind}`);
    expect(complaintsOf(found).join()).not.toContain(planted);
  });
});
