import Taro from '@tarojs/taro';
import { useEffect } from 'react';
import { countMyMessages } from '@/api/messages';
import type { Who } from '../identity';
import { useResource } from '../resource';
import { withToken } from '../session';

const messagesTab = 1;

/** Unread messages of the identity, also as the badge of WeChat's and Alipay's own tab bar. */
export function useUnread(who: Who): number {
  const key = who.token && who.me.resource.state === 'ready' ? `${who.token} ${who.enterpriseId ?? ''}` : null;
  const counts = useResource(key, () => withToken(who.token ?? '', (token) => countMyMessages(token, who.enterpriseId)));
  const unread = key !== null && counts.resource.state === 'ready' ? counts.resource.value.unread : 0;
  useEffect(() => {
    if (process.env.TARO_ENV === 'h5') return;
    const done =
      unread > 0
        ? Taro.setTabBarBadge({ index: messagesTab, text: unread > 99 ? '99+' : String(unread) })
        : Taro.removeTabBarBadge({ index: messagesTab });
    done.catch(() => undefined);
  }, [unread]);
  return unread;
}
