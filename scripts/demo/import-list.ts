import { readFileSync } from 'node:fs';
import { cityApi } from '@suiban/shared/api/city';
import { enterprisesApi, type ImportRun } from '@suiban/shared/api/enterprises';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { until } from '../support/until';
import { type Fixture, fixtureFile, readFixture } from './fixture';
import type { Report } from './report';
import type { Stage } from './stage';

const finished: readonly ImportRun['state'][] = ['completed', 'failed', 'cancelled'];

/** The people of the list get phones: one person per firm, with the credits that the list says they gave. */
async function givePhones({ sandbox }: Stage, { audience }: Fixture): Promise<void> {
  const oneTime = sandboxAccounts.wechatMini.templates.filter(({ type }) => type === 2);
  await sandbox.addPersonas(
    audience
      .filter(({ mobile, openid, wecom }) => mobile ?? openid ?? wecom)
      .map(({ creditCode, name, mobile, openid, wecom, credits }) => ({
        id: creditCode,
        name,
        firm: name,
        mobile,
        openid,
        wecom,
        credits: openid ? Object.fromEntries(oneTime.map(({ id }) => [id, credits])) : {},
      })),
  );
}

/** Uploads the list, confirms the guessed columns, waits; what was kept and rejected must be what the script itself reads. */
export async function importList(stage: Stage, report: Report): Promise<{ fixture: Fixture; run: ImportRun }> {
  const { drafter } = stage.cast;
  const { districts } = await drafter.call(cityApi.getCity);
  const corpIds = [sandboxAccounts.wecom.corpId, ...sandboxAccounts.wecom.linkedCorps.map(({ corpId }) => corpId)];
  const fixture = readFixture({ districts, corpIds });
  await givePhones(stage, fixture);
  const preview = await drafter.upload(enterprisesApi.uploadImport, 'enterprises.csv', readFileSync(fixtureFile));
  const params = { importId: preview.run.id };
  await drafter.call(enterprisesApi.startImport, { params, body: { mapping: preview.mapping, markAsDemo: true } });
  const run = await until(
    'the import',
    async () => {
      const seen = await drafter.call(enterprisesApi.getImport, { params });
      return finished.includes(seen.state) && seen;
    },
    { timeoutMs: 120_000 },
  );
  report.expect(run.state === 'completed', `the import ended ${run.state}: ${run.failure ?? ''}`);
  report.expect(run.rowsImported === fixture.kept, `${run.rowsImported} rows imported, the list has ${fixture.kept} good ones`);
  report.expect(run.rowsRejected === fixture.rejected, `${run.rowsRejected} rows rejected, the list has ${fixture.rejected} bad ones`);
  const { items } = await drafter.call(enterprisesApi.listImportErrors, { params, query: { limit: 200 } });
  const lines = new Set(items.map(({ line }) => line)).size;
  report.expect(lines === run.rowsRejected, `${run.rowsRejected} rows rejected, but ${lines} lines explained`);
  report.say(`imported ${run.rowsImported}, rejected ${run.rowsRejected} (each with line, column and rule)`);
  return { fixture, run };
}
