import { describe, expect, it } from '@jest/globals';
import { browserSignInOf } from './browser-sign-in';

const wechat = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50';

describe('sign-in of a browser', () => {
  const left: string[] = [];
  const of = (userAgent: string, search = '') => browserSignInOf({ userAgent, search }, (address) => void left.push(address));

  it('is there inside WeChat and WeCom, whose browser names both', () => {
    expect(of(wechat)?.client).toBe('wechat-official');
    expect(of(`${wechat} wxwork/4.1.0`)?.client).toBe('wecom');
    expect(of('Mozilla/5.0 Chrome/150.0 Safari/537.36')).toBeUndefined();
  });

  it('leaves for the server, which knows the app’s page; a member of a joined corp says whose', () => {
    of(wechat, '?corp=ww1')?.leave();
    of(`${wechat} wxwork/4.1.0`)?.leave();
    of(`${wechat} wxwork/4.1.0`, '?x=1&corp=ww%201')?.leave();
    expect(left).toEqual(['/api/m/oauth/wechat-official', '/api/m/oauth/wecom', '/api/m/oauth/wecom?corp=ww%201']);
  });
});
