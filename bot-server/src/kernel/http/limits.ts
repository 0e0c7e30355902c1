const mebibyte = 1024 * 1024;

/** Limits that every request meets, whoever sends it. */
export const limits = {
  jsonBytes: mebibyte,
  /** Of a push from a platform; the largest known is below 64 KiB. */
  callbackBytes: mebibyte,
  /** Of the file in an upload. */
  uploadBytes: 100 * mebibyte,
  /** Form fields and part headers around the file. */
  uploadOverheadBytes: mebibyte,
  /** Objects and lists inside each other. */
  jsonDepth: 64,
  /** Time to receive a body that is not an upload; an upload may pause no longer than this. */
  bodyMs: 15_000,
  /** Time for a handler that answers with JSON. */
  handlerMs: 30_000,
  headersMs: 10_000,
  /** Whole request including an upload. */
  requestMs: 10 * 60_000,
  heartbeatMs: 15_000,
} as const;

/** In the words of the screen. */
export const sizeWords = (bytes: number): string =>
  bytes >= mebibyte ? `${Math.round(bytes / mebibyte)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
