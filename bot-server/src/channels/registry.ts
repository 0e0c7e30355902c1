import type { Channel, ChannelKind } from './channel';

export interface ChannelRegistry {
  /** @throws Error when no such account is configured: asked for by code, not by a user. */
  get(kind: ChannelKind, account: string): Channel;
  find(kind: ChannelKind, account: string): Channel | undefined;
  list(): readonly Channel[];
}

export function channelRegistry(channels: readonly Channel[]): ChannelRegistry {
  const byName = new Map(channels.map((channel) => [`${channel.kind}:${channel.account}`, channel]));
  return {
    get(kind, account) {
      const channel = byName.get(`${kind}:${account}`);
      if (!channel) throw new Error(`no channel ${kind}:${account}`);
      return channel;
    },
    find: (kind, account) => byName.get(`${kind}:${account}`),
    list: () => channels,
  };
}
