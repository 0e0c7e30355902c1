/** A mail as a mailbox shows it. */
export interface ReadMail {
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

/** RFC 5322 and MIME as far as notices need them: folded and encoded headers, multipart/alternative, quoted-printable and base64, UTF-8. */
export function readMail(raw: Buffer): ReadMail {
  const part = readPart(raw.toString('latin1'));
  const leaves = leavesOf(part, 0);
  const bodyOf = (type: string): string =>
    leaves.find(({ headers }) => (headers.get('content-type') ?? 'text/plain').startsWith(type))?.body ?? '';
  return { headers: part.headers, text: bodyOf('text/plain'), html: bodyOf('text/html') };
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  /** Latin-1, still encoded. */
  readonly rest: string;
}

const maxDepth = 5;

function readPart(source: string): Part {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end ? source.slice(0, end.index) : source;
  const headers = new Map<string, string>();
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.set(name.toLowerCase(), decodedWords(value));
  }
  return { headers, rest: end ? source.slice(end.index + end[0].length) : '' };
}

function leavesOf({ headers, rest }: Part, depth: number): { headers: ReadonlyMap<string, string>; body: string }[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined || depth >= maxDepth)
    return [{ headers, body: decoded(rest, headers.get('content-transfer-encoding') ?? '7bit') }];
  const [, ...parts] = `\r\n${rest}`.split(`\r\n--${boundary}`);
  return parts.filter((part) => !part.startsWith('--')).flatMap((part) => leavesOf(readPart(part.replace(/^\r?\n/, '')), depth + 1));
}

function decoded(body: string, encoding: string): string {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const bytes = encoding.toLowerCase() === 'quoted-printable' ? quotedPrintable(body.replaceAll(/=\r?\n/g, '')) : body;
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

const quotedPrintable = (text: string): string =>
  text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** `=?UTF-8?Q?…?=`: neighbours are joined as bytes, for a character may be cut between two. */
function decodedWords(value: string): string {
  const word = /=\?utf-8\?([bq])\?([^?]*)\?=/gi;
  const joined = value.replaceAll(/\?=\s+=\?/g, '?==?');
  return joined.replaceAll(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) =>
    Buffer.concat(
      [...run.matchAll(word)].map(([, kind = '', text = '']) =>
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(quotedPrintable(text.replaceAll('_', ' ')), 'latin1'),
      ),
    ).toString('utf8'),
  );
}
