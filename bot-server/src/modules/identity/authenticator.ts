import { hashToken } from '../../kernel/crypto/token';
import type { Authenticator } from '../../kernel/http/authenticator';
import type { Deps } from '../module';
import { officialSessionLimits, personSessionLimits } from './identity.policy';
import { findOpenPersonSession, type PersonSessionRow, touchPersonSession } from './persons.repo';
import type { IdentityPorts, PersonKeys } from './ports';
import { isTokenShaped } from './proofs/devices';
import { findOpenOfficialSession, touchOfficialSession } from './sessions.repo';

/** `last_seen_at` is written at most this often: a reading console would otherwise write on every request. */
const touchEveryMs = 30_000;

export const keysOf = (row: PersonSessionRow, personId: string): PersonKeys => ({
  personId,
  mobileIndex: row.mobile_index,
  openids: row.openids,
  identities: row.identities,
});

/** Every request reads its session and its owner's roles from the table: a logout, a cut role or a closed account holds at once. */
export function authenticator(deps: Deps, ports: IdentityPorts): Authenticator {
  const { db, clock } = deps;
  return {
    async official(token) {
      if (!isTokenShaped(token)) return undefined;
      const now = clock.now();
      const idleSince = new Date(now.getTime() - officialSessionLimits.idleMs);
      const row = await findOpenOfficialSession(db, hashToken(token), now, idleSince);
      if (!row) return undefined;
      if (now.getTime() - row.last_seen_at.getTime() > touchEveryMs) await touchOfficialSession(db, row.session_id, now);
      return {
        kind: 'official',
        id: row.official_id,
        name: row.name,
        roles: row.roles,
        bureauId: row.bureau_id,
        districtCodes: row.district_codes,
      };
    },
    async person(token) {
      if (!isTokenShaped(token)) return undefined;
      const now = clock.now();
      const row = await findOpenPersonSession(db, hashToken(token), now, new Date(now.getTime() - personSessionLimits.idleMs));
      if (!row) return undefined;
      if (now.getTime() - row.last_seen_at.getTime() > touchEveryMs) await touchPersonSession(db, row.session_id, now);
      if (row.scope_campaign_id !== null && row.scope_enterprise_id !== null) {
        const scope = { campaignId: row.scope_campaign_id, enterpriseId: row.scope_enterprise_id };
        return { kind: 'person', id: row.session_id, enterpriseIds: [], scope };
      }
      if (row.person_id === null) return undefined;
      const enterprises = await ports.agentEnterprises(db, keysOf(row, row.person_id));
      return { kind: 'person', id: row.person_id, enterpriseIds: enterprises.map(({ enterpriseId }) => enterpriseId) };
    },
  };
}
