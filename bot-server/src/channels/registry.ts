import type { Channel, ChannelKind, PushReceiver, PushSource } from './channel';

export interface ChannelRegistry {
  /** @throws Error when no such account is configured: asked for by code, not by a user. */
  get(kind: ChannelKind, account: string): Channel;
  find(kind: ChannelKind, account: string): Channel | undefined;
  list(): readonly Channel[];
  /** Who takes the pushes of an account: a channel, or a payment platform. */
  receiver(source: PushSource, account: string): PushReceiver | undefined;
}

/** `notices`: receivers that are no channel. */
export function channelRegistry(channels: readonly Channel[], notices: readonly PushReceiver[] = []): ChannelRegistry {
  const byName = new Map(channels.map((channel) => [`${channel.kind}:${channel.account}`, channel]));
  const receivers = new Map(
    [...channels.flatMap(({ receiver }) => receiver ?? []), ...notices].map((receiver) => [
      `${receiver.source}:${receiver.account}`,
      receiver,
    ]),
  );
  return {
    get(kind, account) {
      const channel = byName.get(`${kind}:${account}`);
      if (!channel) throw new Error(`no channel ${kind}:${account}`);
      return channel;
    },
    find: (kind, account) => byName.get(`${kind}:${account}`),
    list: () => channels,
    receiver: (source, account) => receivers.get(`${source}:${account}`),
  };
}
