import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

const inlineScript = /<script(?![^>]*\ssrc[\s=])[^>]*>([\s\S]*?)<\/script>/gi;

/** CSP sources (`'sha256-…'`) of the scripts written into a page, separated by spaces. */
export const hashesOf = (html: string): string =>
  [...html.matchAll(inlineScript)]
    .map(
      ([, code]) =>
        `'sha256-${createHash('sha256')
          .update(code ?? '')
          .digest('base64')}'`,
    )
    .join(' ');

/** The H5 framework writes its start script into the page; its hash is read from the built page, again when that changes. */
export function pageScriptHashes(file: string): () => string {
  let seenAtMs = -1;
  let hashes = '';
  return () => {
    try {
      const { mtimeMs } = statSync(file);
      if (mtimeMs !== seenAtMs) {
        hashes = hashesOf(readFileSync(file, 'utf8'));
        seenAtMs = mtimeMs;
      }
    } catch {
      hashes = '';
    }
    return hashes;
  };
}
