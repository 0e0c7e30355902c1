import { type ConversationCounts, conversationNews, conversationsApi } from '@suiban/shared/api/conversations';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { addressOf } from '../../api/client';
import { useEvents, useRead } from '../../api/hooks';

/** While the line is down. */
const pollMs = 5_000;

/** A line that is being opened is not one that broke. */
const openingMs = 3_000;

export interface Live {
  readonly counts: ConversationCounts | undefined;
  readonly line: 'opening' | 'up' | 'down';
  /** For reads while the line is down. */
  readonly refetchMs: number | false;
}

/** What happens elsewhere shows here within about a second: the server names what changed, and only that is read again. */
export function useLive(): Live {
  const client = useQueryClient();
  const isLive = useEvents(
    conversationsApi.watchConversations,
    {},
    (_, data) => {
      const { success, data: news } = conversationNews.safeParse(data);
      if (!success) return;
      client.setQueryData([conversationsApi.countConversations.id, addressOf(conversationsApi.countConversations)], news.counts);
      if (news.changed.length === 0) return;
      void client.invalidateQueries({ queryKey: [conversationsApi.listConversations.id] });
      const addresses = news.changed.map((conversationId) => addressOf(conversationsApi.getConversation, { params: { conversationId } }));
      // Whatever is read of a conversation lies below its address.
      void client.invalidateQueries({ predicate: ({ queryKey }) => addresses.some((address) => isBelow(String(queryKey[1]), address)) });
    },
    ['news'],
  );
  const refetchMs = isLive ? false : pollMs;
  const counts = useRead(conversationsApi.countConversations, {}, { refetchMs });
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), openingMs);
    return () => clearTimeout(timer);
  }, []);
  return { counts: counts.data, line: isLive ? 'up' : isLate ? 'down' : 'opening', refetchMs };
}

const isBelow = (address: string, above: string): boolean => address === above || address.startsWith(`${above}/`);
