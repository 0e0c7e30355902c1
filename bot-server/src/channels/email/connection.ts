import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mail } from './encode';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly secure: boolean;
  readonly credentials: { readonly user: string; readonly pass: string } | null;
  /** At most so much silence, in every phase. */
  readonly timeoutMs: number;
}

/** The server's answer; or a failure, and whether the server may have the mail all the same. */
export type SmtpAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'reply'; readonly code: number }
  | { readonly kind: 'failed'; readonly why: 'timeout' | 'aborted' | 'tls' | 'broken'; readonly mayHaveArrived: boolean };

/** Of silence. A server may take its time over the content: RFC 5321 asks for ten minutes, a lease of ours lasts one. */
const silenceMs = { setUp: 10_000, answer: 60_000 };

/** @throws Error for anything but `smtp:` and `smtps:` */
export function smtpServerOf(url: string, timeoutMs = silenceMs.answer): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new Error('a mail server has an smtp: or smtps: address');
  const secure = protocol === 'smtps:';
  const credentials = username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { host: hostname, port: Number(port) || (secure ? 465 : 587), secure, credentials, timeoutMs };
}

/**
 * One mail over one connection. Never throws.
 *
 * connecting → (STARTTLS) → signed in → envelope → content → answer. Until the server asks for the content it certainly has no mail;
 * from the first byte of it on a broken connection says nothing.
 *
 * NOTE: the only place that opens an SMTP connection. The filter of kernel/outbound is for HTTP; this address comes from the
 * environment, never from people or documents.
 */
export async function sendMail(server: SmtpServer, from: string, sentAt: Date, mail: Mail, signal: AbortSignal): Promise<SmtpAnswer> {
  if (signal.aborted) return { kind: 'failed', why: 'aborted', mayHaveArrived: false };
  const bytes = await composed(from, sentAt, mail);
  const connection = new SMTPConnection(optionsOf(server, from));
  let isContentAsked = false;
  const content = new Readable({
    read() {
      isContentAsked = true;
      this.push(bytes);
      this.push(null);
    },
  });
  const onAbort = (): void => connection.close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await dialogue(connection, server, from, mail.to, content);
    connection.quit();
    return { kind: 'taken' };
  } catch (error) {
    connection.close();
    return failureOf(error, isContentAsked, signal.aborted);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

export function optionsOf(server: SmtpServer, from: string): ConstructorParameters<typeof SMTPConnection>[0] {
  const { host, port, secure, credentials, timeoutMs } = server;
  // A password never travels in the clear but to this machine.
  const requireTLS = credentials !== null && !secure && !['127.0.0.1', 'localhost', '[::1]'].includes(host);
  const setUpMs = Math.min(silenceMs.setUp, timeoutMs);
  const timeouts = { connectionTimeout: setUpMs, greetingTimeout: setUpMs, dnsTimeout: setUpMs, socketTimeout: timeoutMs };
  return { host: host.replaceAll(/[[\]]/g, ''), port, secure, requireTLS, name: domainOf(from), ...timeouts };
}

function dialogue(connection: SMTPConnection, server: SmtpServer, from: string, to: string, content: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (next: () => void) => (error?: Error | null) => (error ? reject(error) : next());
    // After the answer the server may close as it likes.
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('closed')));
    const send = (): void => connection.send({ from: addressOf(from), to: [to] }, content, step(resolve));
    const signIn = (): void => (server.credentials ? connection.login(server.credentials, step(send)) : send());
    connection.connect(step(signIn));
  });
}

function composed(from: string, sentAt: Date, mail: Mail): Promise<Buffer> {
  const { to, subject, text, html, messageId } = mail;
  // Notices of an authority, sent by a machine: no reader should answer with an absence note (RFC 3834).
  const headers = { 'Auto-Submitted': 'auto-generated' };
  const baseBoundary = messageId.replaceAll(/[^0-9A-Za-z]/g, '');
  const composer = new MailComposer({
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    date: sentAt,
    headers,
    baseBoundary,
    disableUrlAccess: true,
    disableFileAccess: true,
  });
  return composer.compile().build();
}

/** Of node and OpenSSL: a certificate or a handshake that does not hold. */
const tlsFaults = /^(?:ERR_SSL|ERR_TLS|EPROTO$|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function failureOf(error: unknown, mayHaveArrived: boolean, isAborted: boolean): SmtpAnswer {
  const { responseCode, code, originalCode } = (error ?? {}) as { responseCode?: unknown; code?: unknown; originalCode?: unknown };
  // Also when the server has a code for it: no mail was refused.
  if (code === 'ETLS' || tlsFaults.test(String(originalCode))) return { kind: 'failed', why: 'tls', mayHaveArrived };
  if (typeof responseCode === 'number' && responseCode >= 400) return { kind: 'reply', code: responseCode };
  // Refused before anything was said: no recipient the library could write down.
  if (code === 'EENVELOPE') return { kind: 'reply', code: 553 };
  if (code === 'EAUTH') return { kind: 'reply', code: 535 };
  if (isAborted) return { kind: 'failed', why: 'aborted', mayHaveArrived };
  return { kind: 'failed', why: code === 'ETIMEDOUT' ? 'timeout' : 'broken', mayHaveArrived };
}

/** `随办 <notice@city.example>` or a bare address. */
export const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
export const domainOf = (from: string): string => addressOf(from).split('@')[1] ?? 'localhost';
