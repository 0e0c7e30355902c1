/** What may come along with a reply: two kinds of picture that every phone shows, their smaller cousin, and documents. */
const kinds = [
  {
    mimeType: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    isOne: (head: Buffer) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  },
  {
    mimeType: 'image/png',
    extensions: ['png'],
    isOne: (head: Buffer) => head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  },
  {
    mimeType: 'image/webp',
    extensions: ['webp'],
    isOne: (head: Buffer) => head.subarray(0, 4).toString('latin1') === 'RIFF' && head.subarray(8, 12).toString('latin1') === 'WEBP',
  },
  { mimeType: 'application/pdf', extensions: ['pdf'], isOne: (head: Buffer) => head.subarray(0, 5).toString('latin1') === '%PDF-' },
] as const;

/** Bytes needed to tell. */
export const headLength = 12;

/** The kind that the first bytes prove and the name agrees with; what the sender calls it counts for nothing. */
export function fileKindOf(head: Buffer, fileName: string): string | undefined {
  const found = kinds.find(({ isOne }) => isOne(head));
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return found?.extensions.some((each) => each === extension) ? found.mimeType : undefined;
}
