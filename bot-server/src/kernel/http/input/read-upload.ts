import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import busboy from 'busboy';
import { limits } from '../limits';
import { invalidRequest } from '../problem';
import type { Upload } from '../route';
import { refuseAnnounced, tooLarge } from './read-body';

export interface ReceivedUpload {
  /** Form fields that came before the file. */
  readonly fields: Readonly<Record<string, string>>;
  readonly upload: Upload;
  /** Why the stream ended early, whatever the handler made of it. */
  failure(): DomainError | undefined;
}

const unsafeName = /[/\\\p{Cc}]|%2e|%2f|%5c|^\.+$/iu;
const maxNameLength = 255;

const badForm = (detail: string, pointer = '/body/file') => invalidRequest([{ pointer, detail }]);

function parserOf(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      preservePath: true,
      limits: { files: 1, fields: 20, fieldSize: 64 * 1024, fieldNameSize: 100, fileSize: limits.uploadBytes, headerPairs: 50 },
    });
  } catch {
    throw new DomainError('kernel:unsupported-type', '请以 multipart/form-data 上传文件');
  }
}

/** Fails the stream when the client pauses too long; a reader that is slow itself is not the client's fault. */
function watchIdle(request: IncomingMessage, out: PassThrough, fail: (error: DomainError) => void): void {
  let receivedSinceTick = true;
  request.on('data', () => {
    receivedSinceTick = true;
  });
  const timer = setInterval(() => {
    const isReaderSlow = out.readableLength >= out.readableHighWaterMark;
    if (!receivedSinceTick && !isReaderSlow) fail(new DomainError('kernel:timeout', '上传中断时间过长，请检查网络后重试'));
    receivedSinceTick = false;
  }, limits.bodyMs);
  timer.unref();
  out.once('close', () => clearInterval(timer));
}

const refusedName = (fileName: string | undefined): DomainError | undefined => {
  if (!fileName) return badForm('请选择文件');
  if (fileName.length > maxNameLength || unsafeName.test(fileName)) return badForm('文件名不能含有路径或控制字符，请改名后再上传');
  return undefined;
};

/**
 * Streams the one file of a form. `upload.stream` ends only after the whole form was read, so a second file, a broken form,
 * or a file over the limit fails it before the handler believes it complete.
 * @throws DomainError kernel:too-large, kernel:unsupported-type, kernel:invalid-request
 */
export function readUpload(request: IncomingMessage): Promise<ReceivedUpload> {
  refuseAnnounced(request, limits.uploadBytes + limits.uploadOverheadBytes, () => tooLarge(limits.uploadBytes, '文件'));
  const parser = parserOf(request);
  const out = new PassThrough();
  const fields: Record<string, string> = {};
  let failure: DomainError | undefined;
  return new Promise((resolve, reject) => {
    const fail = (error: DomainError) => {
      failure ??= error;
      reject(failure);
      request.unpipe(parser);
      out.destroy(failure);
    };
    // NOTE: without a listener an early failure would end the process; the reader gets it from the stream.
    out.on('error', () => undefined);
    parser.on('field', (name, value, info) => {
      if (info.valueTruncated || info.nameTruncated) fail(badForm('这一项太长', '/body'));
      else fields[name] = value;
    });
    parser.on('file', (_field, file: Readable, info) => {
      const refused = refusedName(info.filename);
      file.on('limit', () => fail(tooLarge(limits.uploadBytes, '文件')));
      file.on('error', () => fail(badForm('上传没有完成，请重试')));
      if (refused) {
        file.resume();
        fail(refused);
        return;
      }
      file.pipe(out, { end: false });
      watchIdle(request, out, fail);
      resolve({
        fields: { ...fields },
        upload: { fileName: info.filename ?? '', mimeType: info.mimeType, stream: out },
        failure: () => failure,
      });
    });
    parser.on('filesLimit', () => fail(badForm('一次只能上传一个文件')));
    parser.on('fieldsLimit', () => fail(badForm('表单项太多', '/body')));
    parser.on('error', () => fail(badForm('上传的表单不完整，请重试', '/body')));
    parser.on('close', () => {
      reject(badForm('请选择文件'));
      out.end();
    });
    request.on('error', () => fail(badForm('上传没有完成，请重试')));
    request.on('close', () => {
      if (!request.complete) fail(badForm('上传没有完成，请重试'));
    });
    request.pipe(parser);
  });
}
