import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { attemptKeyOf, firstLink } from '../world/attempt-key';
import { hashOf } from '../world/observation';
import type { World } from '../world/world';
import { readMail } from './read-mail';

export interface MailServer {
  /** With the sandbox's user and password in it. */
  readonly url: string;
  close(): Promise<void>;
}

/** Reply codes with the words a server says. */
const words: Readonly<Record<string, string>> = {
  '421': '4.3.2 service shutting down',
  '450': '4.2.1 mailbox busy',
  '451': '4.3.0 local error',
  '452': '4.5.3 too many messages',
  '550': '5.1.1 no such mailbox',
  '552': '5.2.2 mailbox full',
  '554': '5.7.1 message refused',
};

class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message = words[String(responseCode)] ?? 'refused',
  ) {
    super(message);
  }
}

type Done = (error?: Error | null, message?: string) => void;

const wait = (ms: number): Promise<void> => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms)));
const MAX_BYTES = 1024 * 1024;

/**
 * An SMTP server for the sandbox's account, without TLS, for it is on loopback. Every address has a mailbox but those whose local part
 * ends in `0404`. It recognises no repeat: the same mail twice is two mails.
 */
export async function startMailServer(world: World, host: string, port: number): Promise<MailServer> {
  const { user, password } = world.accounts.email;
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    name: 'mail.sandbox.example',
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password ? done(null, { user }) : done(new Refusal(535, '5.7.8 wrong user or password')),
    onConnect: (session, done) => done(isAllowed(world, session) ? null : new Refusal(554, '5.7.1 not on the list')),
    onRcptTo: (address, _session, done) => done(mailboxExists(address.address) ? null : logged(world, address.address, new Refusal(550))),
    onData: (stream, session, done) => {
      take(world, stream, session, () => sockets.get(session.remotePort)?.destroy(), done).catch((error: unknown) =>
        done(new Refusal(451, String(error))),
      );
    },
  });
  // A client that hangs up is no fault of the server.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await listening(server, host, port);
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://${user}:${encodeURIComponent(password)}@${host}:${address.port}`,
    close: () => {
      for (const socket of sockets.values()) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listening(server: SMTPServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
}

function isAllowed(world: World, session: SMTPServerSession): boolean {
  const { allowedIps } = world.script.platforms.email;
  return !allowedIps || allowedIps.includes(session.remoteAddress);
}

const mailboxExists = (address: string): boolean => !/0404@/.test(address) && /^[^\s@]+@[^\s@]+$/.test(address);

/** Half of the latency → scripted error or quota, or the mail is in the mailbox → half of the latency → answer or closed socket. */
async function take(world: World, stream: SMTPServerDataStream, session: SMTPServerSession, hangUp: () => void, done: Done): Promise<void> {
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const recipients = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
  const latencyMs = world.script.latencyMs('email');
  await wait(latencyMs / 2);
  const { errors } = world.script.platforms.email;
  // A gateway that breaks inside hangs up: whether it kept the mail, nobody knows. Here it did not.
  if (errors && errors.httpStatus >= 500 && world.script.fires(errors)) return hangUp();
  const refusal = refusalOf(world, recipients.length, stream.sizeExceeded);
  if (!refusal) for (const recipient of recipients) deliver(world, recipient, raw);
  await wait(latencyMs / 2);
  const isLost = !refusal && world.script.fires(world.script.platforms.email.lostReplies);
  logged(world, recipients.join('、'), refusal, isLost, startedAt);
  if (isLost) hangUp();
  else done(refusal, '2.0.0 queued');
}

function refusalOf(world: World, count: number, isTooLarge: boolean): Refusal | null {
  const { errors } = world.script.platforms.email;
  if (isTooLarge) return new Refusal(552, '5.3.4 message too large');
  if (errors && world.script.fires(errors)) return new Refusal(/^[45]\d\d$/.test(errors.code) ? Number(errors.code) : 451);
  return world.script.takeQuota('email', count) ? null : new Refusal(452);
}

function deliver(world: World, recipient: string, raw: Buffer): void {
  const { headers, text } = readMail(raw);
  // But for the time it was sent the same mail is the same bytes.
  const timeless = Buffer.from(raw.toString('latin1').replace(/^Date:.*\r?\n/m, ''), 'latin1');
  const link = firstLink(text);
  world.observation.record({
    platform: 'email',
    account: world.accountName,
    corpId: null,
    recipient,
    kind: 'mail',
    title: headers.get('subject') ?? '',
    body: text.trimEnd(),
    link,
    buttonText: null,
    attemptKey: attemptKeyOf(headers.get('message-id')?.replace(/^<(c\d+a\d+)s.*$/, '$1'), link),
    requestHash: hashOf(timeless),
    messageId: (headers.get('message-id') ?? '').replaceAll(/[<>]/g, ''),
    deduped: false,
    dropped: false,
    templateId: null,
    fields: [{ name: 'from', value: headers.get('from') ?? '' }],
    card: null,
  });
}

function logged(world: World, subject: string, refusal: Refusal | null, isLost = false, startedAt = performance.now()): Refusal | null {
  world.requests.add({
    platform: 'email',
    action: 'email.send',
    subject,
    count: 1,
    outcome: isLost ? 'lost' : refusal ? 'refused' : 'accepted',
    code: refusal ? String(refusal.responseCode) : '',
    detail: refusal?.message ?? '',
    tookMs: Math.round(performance.now() - startedAt),
  });
  return refusal;
}
