import type { IncomingMessage } from 'node:http';
import type { RawAnswer } from './route';

/** A GET that belongs to the process, not to a module: health, metrics, the contract itself. */
export interface SystemRoute {
  readonly path: string;
  /** Undefined is answered 404. */
  readonly handle: (request: IncomingMessage) => Promise<RawAnswer | undefined>;
}
