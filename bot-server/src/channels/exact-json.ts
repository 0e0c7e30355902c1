/** A text or a number, whole: each is looked at once, also where the JSON is broken. */
const token = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g;
/** Beyond 2^53 JSON.parse rounds. */
const longWhole = /^-?\d{16,}$/;

/** JSON whose long whole numbers (ids of 64 bits) come as texts, digit for digit. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  const kept = /\d{16}/.test(text) ? text.replace(token, (found) => (longWhole.test(found) ? `"${found}"` : found)) : text;
  return JSON.parse(kept) as unknown;
}
