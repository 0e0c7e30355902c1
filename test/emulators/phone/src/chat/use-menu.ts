import { useEffect, useState } from 'react';
import { deskClient, type MenuEntry } from '../desk-client';

/** The account's menu, read again when the chat changes: the server may have set another. */
export function useMenu(platform: 'wechat-official' | 'wecom', corpId: string | null, entries: number): readonly MenuEntry[] {
  const [items, setItems] = useState<readonly MenuEntry[]>([]);
  useEffect(() => {
    let isCurrent = true;
    // `entries` is part of the question: a chat that moved asks again.
    if (entries < 0) return;
    deskClient.menu(platform, corpId).then(
      (menu) => {
        if (isCurrent) setItems((before) => (JSON.stringify(before) === JSON.stringify(menu.items) ? before : menu.items));
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [platform, corpId, entries]);
  return items;
}
