import { createServer } from 'node:net';

const isFreeOn = (port: number, host?: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

/** Nobody listens there, neither on all addresses nor on loopback alone. */
export const isFree = async (port: number): Promise<boolean> => (await isFreeOn(port)) && (await isFreeOn(port, '127.0.0.1'));

/** undefined: not a port number. */
export function portOf(text: string | undefined, otherwise: number): number | undefined {
  const port = text === undefined || text === '' ? otherwise : Number(text);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}
