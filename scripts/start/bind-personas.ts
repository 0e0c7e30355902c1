import { enterprisesApi } from '@suiban/shared/api/enterprises';
import type { PersonSession } from '@suiban/shared/api/identity';
import { sandboxPersonas } from '@suiban/shared/sandbox';
import { acceptInvitation } from '../support/agents';
import type { Cast } from '../support/officials';
import type { SandboxClient } from '../support/sandbox-client';
import type { ListedFirm } from './firm-list';

/** Invited besides the firms of the sandbox's people, so that the funnel has a second step. */
const invitedBesides = 40;

/** Firms are invited by SMS; the sandbox's people accept, and can then sign in on the web page with their number. Returns their sessions. */
export async function bindPersonas(
  baseUrl: string,
  { drafter }: Cast,
  sandbox: SandboxClient,
  firms: readonly ListedFirm[],
): Promise<readonly PersonSession[]> {
  const known = sandboxPersonas.flatMap(({ firm, mobile }) => (firm !== '' && mobile !== null ? [{ firm, mobile }] : []));
  const wanted = [
    ...firms.filter(({ name }) => known.some(({ firm }) => firm === name)),
    ...firms.filter(({ mobile }) => mobile).slice(-invitedBesides),
  ];
  const enterpriseIds: string[] = [];
  for (const { creditCode } of wanted) {
    const { items } = await drafter.call(enterprisesApi.listEnterprises, { query: { q: creditCode, limit: 1 } });
    enterpriseIds.push(...items.map(({ id }) => id));
  }
  await drafter.call(enterprisesApi.createInvitations, { body: { target: { enterpriseIds } } });
  const sessions: PersonSession[] = [];
  for (const { mobile } of known) sessions.push(await acceptInvitation(baseUrl, sandbox, mobile));
  return sessions;
}
