import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { OutboundError } from './outbound-error';

export type Resolve = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const systemResolve: Resolve = (hostname) => dns.promises.lookup(hostname, { all: true, verbatim: true });

const refused = () => new OutboundError('blocked', 'guarded', false);

/**
 * Connects to allowed addresses only. The name is resolved here, once, and the connection goes to the address that was
 * checked: between a check and a second lookup a name server could answer differently.
 */
export function guardedAgent(isBlocked: (address: string) => boolean, resolve: Resolve = systemResolve): Agent {
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname).then(
      (found) => {
        const allowed = found.filter(({ address }) => !isBlocked(address));
        const first = allowed[0];
        // NOTE: one internal address among public ones is refused whole: the name is not honest.
        if (!first || allowed.length < found.length) done(refused(), '');
        else if (options.all) done(null, [...allowed]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };
  const connector = buildConnector({ lookup, timeout: 5000, allowH2: false } as buildConnector.BuildOptions);
  return new Agent({
    connections: 4,
    connect(options, done) {
      const hostname = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(hostname) && isBlocked(hostname)) {
        done(refused(), null);
        return;
      }
      connector(options, (...result) => {
        const [error, socket] = result;
        if (error === null && socket && isBlocked(socket.remoteAddress ?? '')) {
          socket.destroy();
          done(refused(), null);
        } else done(...result);
      });
    },
  });
}
