import { base62Mac } from '../../kernel/crypto/base62-mac';
import { constantTimeEqual } from '../../kernel/crypto/compare';

const idLength = 22;
const signed = (id: string): string => `invitation:${id}`;

/** 32 characters: the id in base64url, and ten that sign it. Nothing is stored: the same invitation always has the same link. */
export function invitationToken(linkKey: Buffer, id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') + base62Mac(linkKey, signed(id));
}

/** The invitation's id, or undefined for a token that we did not sign. */
export function readInvitationToken(linkKey: Buffer, token: string): string | undefined {
  const hex = Buffer.from(token.slice(0, idLength), 'base64url').toString('hex');
  if (hex.length !== 32) return undefined;
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  // The whole token and not only its signature: the last character of the id has four spare bits, which would make several texts of one link.
  return constantTimeEqual(token, invitationToken(linkKey, id)) ? id : undefined;
}
