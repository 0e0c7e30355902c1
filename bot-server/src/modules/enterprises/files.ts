import type { Deps } from '../module';
import type { ImportPlaces } from './imports/check-row';
import type { OpenFile } from './imports/source';
import { cancelRun, dropFileKey, type ImportRunRow } from './imports.repo';

/** What a row is judged against: the city's districts, its own corp and those joined to it. */
export const placesOf = ({ city, config }: Pick<Deps, 'city' | 'config'>): ImportPlaces => ({
  districts: city.districts,
  corps: [
    ...config.accounts.wecom.linkedCorps.map(({ corpId, agentId }) => ({ corpId, agentId })),
    ...(config.accounts.wecom.corpId === '' ? [] : [{ corpId: config.accounts.wecom.corpId, agentId: null }]),
  ],
});

export const fileOf =
  ({ files }: Deps, run: Pick<ImportRunRow, 'file_key'>): OpenFile =>
  () =>
    files.open(run.file_key ?? '');

/** The key goes last: a crash before it leaves a row by which the next sweep finds the file. Removing twice is harmless. */
export async function dropImportFile(deps: Deps, left: { id: string; file_key: string; state: string }): Promise<void> {
  if (left.state === 'uploaded') await cancelRun(deps.db, left.id, deps.clock.now());
  await deps.files.remove(left.file_key);
  await dropFileKey(deps.db, left.id);
}
