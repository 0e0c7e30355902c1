import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, InboundEvent } from '../../bot-server/src/channels/channel';
import type { ChatReply } from '../../bot-server/src/channels/chat';

/** A server that hands pushes to the channel and answers inside them as `answerTo` says. */
export async function answeringServer(channel: Channel, answerTo: (event: InboundEvent) => ChatReply | undefined) {
  const events: InboundEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://server');
      const push = {
        method: 'POST',
        headers: request.headers,
        query: Object.fromEntries(searchParams),
        body: Buffer.concat(chunks),
      } as const;
      try {
        const inbound = await channel.receiver?.receive(push);
        if (inbound?.kind !== 'message') throw new Error('no message');
        events.push(inbound.event);
        const reply = answerTo(inbound.event);
        const answer = reply && inbound.reply?.(reply);
        response.writeHead(200, { 'content-type': answer?.contentType ?? 'text/plain' }).end(answer?.body ?? inbound.answer);
      } catch {
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    events,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
