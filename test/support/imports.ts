import { makeCreditCode } from '@suiban/shared/identity';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import type { Caller, TestApp } from './app';

export const listHeader = '统一社会信用代码,企业名称,行业代码,区,从业人数,营业收入（万元）,联系人,手机号';

const random = seededRandom(7);
export const creditCode = (): string => makeCreditCode(random, '310101');

export interface Imported {
  readonly id: string;
  readonly preview: Record<string, unknown>;
  readonly run: Record<string, unknown>;
  readonly errors: readonly { line: number; column: string | null; rule: string; message: string }[];
}

/** Uploads, confirms the guessed columns, runs the task. @throws Error when a step is refused */
export async function importList(app: TestApp, who: Caller, content: Buffer | string, fileName = 'list.csv'): Promise<Imported> {
  const preview = await who.upload('/api/enterprise-imports', fileName, content);
  if (preview.status !== 201) throw new Error(`upload: ${preview.status} ${preview.text}`);
  const { id } = preview.body.run as { id: string };
  const started = await who.post(`/api/enterprise-imports/${id}/start`, { mapping: preview.body.mapping });
  if (started.status !== 202) throw new Error(`start: ${started.status} ${started.text}`);
  await app.settle();
  const run = (await who.get(`/api/enterprise-imports/${id}`)).body;
  const errors = (await who.get(`/api/enterprise-imports/${id}/errors?limit=200`)).body.items as Imported['errors'];
  return { id, preview: preview.body, run, errors };
}
