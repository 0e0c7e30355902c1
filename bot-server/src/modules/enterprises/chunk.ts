import type { Tx } from '../../kernel/db/database';
import { indexOfMobile } from '../identity';
import type { Deps } from '../module';
import { emailPurpose, mobilePurpose, namePurpose } from './contacts.repo';
import {
  type AgentWrite,
  type ContactWrite,
  type EmailWrite,
  type ErrorWrite,
  lockKnownFirms,
  noteCodes,
  writeAgents,
  writeContacts,
  writeEmails,
  writeErrors,
  writeFirms,
} from './firms.repo';
import type { ImportedFirm, RowFault } from './imports/check-row';
import type { ChunkCounts, ImportRunRow } from './imports.repo';
import { mergeFirm } from './merge';

interface Rejected {
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
}
interface Accepted {
  readonly firm: ImportedFirm;
  readonly cells: readonly string[];
}
/** Rows of a file whose effects are committed together. */
export interface Chunk {
  rowCount: number;
  readonly firms: Accepted[];
  readonly rejected: Rejected[];
}

export const errorRowPurpose = 'import_error.row';
/** What every synthetic firm wears in its name. */
const demoMark = /（(演示|虚构)）/;

/** Firms, contacts, agents and errors of one chunk, in sets. Returns what to add to the run's counters. */
export async function writeChunk(deps: Deps, tx: Tx, run: ImportRunRow, chunk: Chunk): Promise<ChunkCounts> {
  const { fresh, duplicates } = await withoutDuplicates(tx, run, chunk.firms);
  const firms = fresh.map(({ firm }) => firm);
  const known = new Map(
    (
      await lockKnownFirms(
        tx,
        firms.map(({ creditCode }) => creditCode),
      )
    ).map((firm) => [firm.creditCode, firm]),
  );
  const now = deps.clock.now();
  const writes = firms.map((firm) => mergeFirm(known.get(firm.creditCode), firm, run.mark_as_demo || demoMark.test(firm.name)));
  const written = writes.length > 0 ? await writeFirms(tx, writes, 'import', now) : [];
  const idOf = new Map(written.map(({ id, credit_code: code }) => [code, id]));
  await writePeople(deps, tx, firms, (firm) => idOf.get(firm.creditCode) ?? '');
  const rejected = [...chunk.rejected, ...duplicates].sort((one, other) => lineOf(one) - lineOf(other));
  if (rejected.length > 0)
    await writeErrors(
      tx,
      run.id,
      rejected.flatMap((row) => errorsOf(deps, row)),
    );
  const updated = firms.filter(({ creditCode }) => known.has(creditCode)).length;
  return { read: chunk.rowCount, imported: firms.length - updated, updated, rejected: rejected.length, duplicate: duplicates.length };
}

const lineOf = ({ faults }: Rejected): number => faults[0]?.line ?? 0;

/** The first row of a code is taken over; later ones name its line. */
async function withoutDuplicates(tx: Tx, run: ImportRunRow, rows: readonly Accepted[]) {
  const firstInChunk = new Map<string, Accepted>();
  for (const row of rows) if (!firstInChunk.has(row.firm.creditCode)) firstInChunk.set(row.firm.creditCode, row);
  const seen = await noteCodes(
    tx,
    run.id,
    [...firstInChunk.values()].map(({ firm }) => firm),
  );
  const isFirst = ({ firm }: Accepted): boolean => seen.get(firm.creditCode) === firm.line;
  const column = run.header.cells[run.mapping.creditCode ?? -1] ?? null;
  const duplicates: Rejected[] = rows
    .filter((row) => !isFirst(row))
    .map(({ firm, cells }) => ({
      cells,
      faults: [
        {
          line: firm.line,
          column,
          rule: 'duplicate-in-file',
          message: `与第 ${seen.get(firm.creditCode) ?? '?'} 行的统一社会信用代码相同，只导入了前一行`,
        },
      ],
    }));
  return { fresh: rows.filter(isFirst), duplicates };
}

async function writePeople(deps: Deps, tx: Tx, firms: readonly ImportedFirm[], idOf: (firm: ImportedFirm) => string): Promise<void> {
  const now = deps.clock.now();
  const contacts = firms.flatMap((firm) => contactOf(deps, firm, idOf(firm)));
  if (contacts.length > 0) await writeContacts(tx, contacts, now);
  const emails = firms.flatMap((firm) => emailOf(deps, firm, idOf(firm)));
  if (emails.length > 0) await writeEmails(tx, emails, now);
  const agents = firms.flatMap((firm) => agentsOf(firm, idOf(firm)));
  if (agents.length === 0) return;
  const written = await writeAgents(tx, agents, 'import', now);
  const creditsOf = new Map(firms.map((firm) => [idOf(firm), firm.templateCredits ?? 0]));
  for (const agent of written) {
    const templateCredits = agent.kind === 'openid' ? (creditsOf.get(agent.enterprise_id) ?? 0) : 0;
    if (templateCredits === 0) continue;
    // Only a new binding brings its credits: the same list imported twice grants them once.
    await deps.outbox.add(tx, {
      topic: 'enterprises.agent-imported',
      key: agent.enterprise_id,
      payload: { agentId: agent.id, enterpriseId: agent.enterprise_id, account: 'default', templateCredits },
    });
  }
}

function contactOf({ sealer }: Deps, firm: ImportedFirm, enterpriseId: string): ContactWrite[] {
  if (firm.mobile === undefined) return [];
  return [
    {
      enterpriseId,
      nameSealed: firm.contactName === undefined ? null : sealer.seal(namePurpose, firm.contactName),
      mobileSealed: sealer.seal(mobilePurpose, firm.mobile),
      mobileIndex: indexOfMobile(sealer, firm.mobile),
    },
  ];
}

function emailOf({ sealer }: Deps, { email }: ImportedFirm, enterpriseId: string): EmailWrite[] {
  if (email === undefined) return [];
  return [{ enterpriseId, emailSealed: sealer.seal(emailPurpose, email), emailIndex: sealer.blindIndex(emailPurpose, email) }];
}

function agentsOf({ openid, officialOpenid, alipayOpenid, wecom, customer }: ImportedFirm, enterpriseId: string): AgentWrite[] {
  const none = { enterpriseId, openid: null, corpId: null, wecomAgentId: null, userId: null, externalUserId: null };
  const agents: AgentWrite[] = [];
  if (openid !== undefined) agents.push({ ...none, kind: 'openid', openid });
  if (officialOpenid !== undefined) agents.push({ ...none, kind: 'wechat-official', openid: officialOpenid });
  if (alipayOpenid !== undefined) agents.push({ ...none, kind: 'alipay-mini', openid: alipayOpenid });
  if (wecom) agents.push({ ...none, kind: 'wecom', corpId: wecom.corpId, wecomAgentId: wecom.agentId, userId: wecom.userId });
  if (customer) agents.push({ ...none, kind: 'wecom-contact', userId: customer.staffUserId, externalUserId: customer.externalUserId });
  return agents;
}

/** The row itself goes with its first fault, sealed: it holds names and numbers. */
const errorsOf = ({ sealer }: Deps, { cells, faults }: Rejected): ErrorWrite[] =>
  faults.map((fault, index) => ({ ...fault, rowSealed: index === 0 ? sealer.seal(errorRowPurpose, JSON.stringify(cells)) : null }));
