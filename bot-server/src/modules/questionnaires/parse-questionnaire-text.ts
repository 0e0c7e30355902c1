import type { Readable } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import { parseWjx } from '@suiban/shared/questionnaire-import';
import iconv from 'iconv-lite';
import { textLimits } from './questionnaires.policy';

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > textLimits.bytes) {
      stream.destroy();
      throw new DomainError('kernel:too-large', '问卷文本不能超过 2 MB');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8 when the bytes are valid UTF-8, else GB18030, which maps every byte pair: so it is tried last. */
function decode(bytes: Buffer): { encoding: 'utf-8' | 'gb18030'; text: string } {
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'gb18030', text: iconv.decode(bytes, 'gb18030') };
  }
}

const noText = { encoding: 'utf-8', text: '' } as const;

/** A text has no NUL, as Word, XLSX and pictures do, and hardly a control character or a byte pair that stands for nothing. */
const mostStrange = 0.02;

function strangeShare(text: string): number {
  const strange = text.match(/(?![\t\n\f\r])[\p{Cc}\ufffd]/gu)?.length ?? 0;
  return text.length === 0 ? 0 : strange / text.length;
}

/** Recognises a 问卷星 text file; stores nothing. @throws DomainError kernel:too-large, kernel:unsupported-type */
export async function parseQuestionnaireText(stream: Readable) {
  const bytes = await readAll(stream);
  const isBinary = bytes.includes(0) || bytes.subarray(0, 4).toString('latin1') === '%PDF';
  const { encoding, text } = isBinary ? noText : decode(bytes);
  if (isBinary || strangeShare(text) > mostStrange) {
    throw new DomainError('kernel:unsupported-type', '这不是纯文本文件。请在问卷星里选择“导出为文本”，或把题目复制到 .txt 文件后上传。');
  }
  if (text.trim() === '') throw new DomainError('kernel:invalid-request', '文件是空的，没有可以识别的题目');
  return { encoding, result: parseWjx(text) };
}
