import type { Platform } from '../desk-client';
import { useWords } from '../words';

export const platforms: readonly Platform[] = ['wechat', 'wechat-official', 'wecom', 'alipay', 'wechat-pay', 'sms', 'email'];
export type Scope = Platform | 'all';

/** Which platform a panel is about. */
export function PlatformChoice({ value, onPick }: { value: Scope; onPick: (scope: Scope) => void }) {
  const word = useWords();
  return (
    <select
      className="platform-choice"
      aria-label={word('forPlatform')}
      value={value}
      onChange={({ target }) => onPick(platforms.find((platform) => platform === target.value) ?? 'all')}
    >
      <option value="all">{word('allPlatforms')}</option>
      {platforms.map((platform) => (
        <option key={platform} value={platform}>
          {platform === 'wechat' ? word('wechatMini') : word(platform)}
        </option>
      ))}
    </select>
  );
}
