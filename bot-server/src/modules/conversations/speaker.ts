import type { Tx } from '../../kernel/db/database';
import { agentEnterprises, enterpriseById, enterprisesOfIdentity } from '../enterprises';
import { findPerson, personOfIdentity } from '../identity';
import type { Speaker } from '../intent';
import type { Peer } from './conversations.repo';

/** Whom we know behind a chat address, asked anew each turn: a firm may have bound or let go of its agent since. */
export async function speakerOf(tx: Tx, peer: Peer, lastSpokenFor: string | null): Promise<Speaker> {
  const identity = {
    kind: peer.channel,
    account: peer.account,
    subject: peer.userId,
    ...(peer.corpId === '' ? {} : { corpId: peer.corpId }),
  } as const;
  const personId = await personOfIdentity(tx, identity);
  const person = personId === undefined ? undefined : await findPerson(tx, personId);
  // A binding names the address, or the person who signed in from it.
  const firms = [...(await enterprisesOfIdentity(tx, identity)), ...(person ? await agentEnterprises(tx, person) : [])];
  const ids = [...new Set(firms.map(({ enterpriseId }) => enterpriseId))];
  const first = lastSpokenFor !== null && ids.includes(lastSpokenFor) ? [lastSpokenFor] : [];
  return {
    channel: peer.channel,
    account: peer.account,
    userId: peer.userId,
    corpId: peer.corpId === '' ? null : peer.corpId,
    personId: personId ?? null,
    enterpriseIds: [...first, ...ids.filter((id) => !first.includes(id))],
  };
}

/** The firm a conversation is placed by: the one spoken for last. */
export async function placeOf(tx: Tx, speaker: Speaker, spokenFor: string | undefined) {
  const id = spokenFor !== undefined && speaker.enterpriseIds.includes(spokenFor) ? spokenFor : speaker.enterpriseIds[0];
  const firm = id === undefined ? undefined : await enterpriseById(tx, id);
  return { enterpriseId: firm?.id ?? null, districtCode: firm?.districtCode ?? null, isDemo: firm?.isDemo ?? false };
}
