import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { optionsOf, type SmtpServer } from './connection';

/** Connects, signs in and leaves, as before a mail that is then not sent. `reached`, or what the server said. Never throws. */
export function reachServer(server: SmtpServer, from: string): Promise<string> {
  const connection = new SMTPConnection(optionsOf(server, from));
  return new Promise((resolve) => {
    const ended = (text: string): void => {
      connection.close();
      resolve(text);
    };
    const failed = (error: unknown): void => {
      const { responseCode, code } = (error ?? {}) as { responseCode?: unknown; code?: unknown };
      ended(`not reached: ${String(responseCode ?? code ?? 'no connection')}`);
    };
    const reached = (): void => {
      connection.quit();
      resolve('reached');
    };
    connection.on('error', failed);
    connection.connect((error) => {
      if (error) failed(error);
      else if (server.credentials) connection.login(server.credentials, (refused) => (refused ? failed(refused) : reached()));
      else reached();
    });
  });
}
