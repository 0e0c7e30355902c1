import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { uploadImport } from '../../bot-server/src/modules/enterprises/manage-imports';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, importList, listHeader } from '../support/imports';
import { workbookOf, zipOf } from '../support/zip';

jest.setTimeout(60_000);

let deps: TestDeps;
let app: TestApp;
let drafter: Caller;

beforeAll(async () => {
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16] });
  app = await startApp(deps);
  drafter = await app.official({ roles: ['drafter'] });
});
afterAll(() => app.close());

const storedRows = async () =>
  (
    await deps.db.one<{ count: number }>(
      sql`select (select count(*) from import_run)::int + (select count(*) from enterprise)::int as count`,
    )
  ).count;

describe('files of another kind are refused by what is in them, and nothing stays', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  it.each<[string, Buffer | string, string]>([
    ['a picture called list.csv', png, 'PNG 图片'],
    ['a PDF', '%PDF-1.7 …', 'PDF 文档'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), '旧版 Office 文件'],
    ['a web page', '<!doctype html><html><body>1,2</body></html>', '网页（HTML）'],
    ['JSON', '{"creditCode": "1"}', 'JSON 文件'],
    ['XML', '<?xml version="1.0"?><a/>', 'XML 文件'],
    ['bytes', Buffer.from([65, 44, 66, 10, 0, 1, 2, 3]), '二进制文件'],
    ['text in no known encoding', Buffer.concat([Buffer.from('a,b\n'), Buffer.from([0xff, 0xff, 0x80, 0x80, 0x0a])]), '无法识别编码'],
    ['an empty file', '', '空文件'],
    ['a Word document', zipOf({ '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' }), 'Word 文档'],
    ['some zip', zipOf({ 'readme.txt': 'x' }), 'ZIP 压缩包'],
  ])('%s', async (_, content, named) => {
    const before = await storedRows();
    const answered = await drafter.upload('/api/enterprise-imports', 'list.csv', content);
    expect(answered.status).toBe(415);
    expect(answered.body).toMatchObject({ type: 'urn:problem:kernel:unsupported-type', detail: expect.stringContaining(named) });
    expect(await storedRows()).toBe(before);
  });

  it('200 MB: 413 that names the limit', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'a,');
    const huge = Readable.from(
      (function* () {
        for (let index = 0; index < 200; index += 1) yield chunk;
      })(),
    );
    const actor = { kind: 'official', id: '0', name: 'x', roles: ['drafter'], bureauId: 'economy', districtCodes: [] } as const;
    const before = await storedRows();
    await expect(uploadImport(deps, actor, { fileName: 'a.csv', mimeType: 'text/csv', stream: huge })).rejects.toMatchObject({
      type: 'kernel:too-large',
      message: expect.stringContaining('100 MB'),
    });
    expect(await storedRows()).toBe(before);
  });
});

describe('broken archives', () => {
  it.each<[string, Buffer, string]>([
    ['a zip cut short', zipOf(workbookOf([['a']])).subarray(0, 120), '文件已损坏'],
    ['a part that unpacks to a gigabyte', zipOf({ ...workbookOf([['a']]), 'xl/media/x': Buffer.alloc(30_000_000) }), '解开后过大'],
    ['a size that lies', zipOf(workbookOf([['统一社会信用代码']]), { declaredBytes: 10 }), '文件已损坏'],
    ['a part named ../', zipOf({ ...workbookOf([['a']]), '../../etc/passwd': 'x' }), '文件名不合规'],
    ['entities', zipOf(workbookOf([['a']], '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), 'XML'],
    ['no sheet', zipOf({ ...workbookOf([['a']]), 'xl/workbook.xml': '<workbook/>' }), '没有工作表'],
  ])('%s', async (_, content, named) => {
    const before = await storedRows();
    const answered = await drafter.upload('/api/enterprise-imports', 'list.xlsx', content);
    expect(answered.status).toBe(422);
    expect(answered.body).toMatchObject({ type: 'urn:problem:enterprises:unreadable-file', detail: expect.stringContaining(named) });
    expect(await storedRows()).toBe(before);
  });
});

describe('columns', () => {
  it('a wrong header: the missing columns are named, and nothing begins', async () => {
    const preview = await drafter.upload('/api/enterprise-imports', 'a.csv', `代码,企业名称,电话\n${creditCode()},甲,1\n`);
    expect(preview.status).toBe(201);
    expect((preview.body.missing as { label: string }[]).map(({ label }) => label)).toEqual(['统一社会信用代码', '行业代码', '区']);
    const { id } = preview.body.run as { id: string };
    const started = await drafter.post(`/api/enterprise-imports/${id}/start`, { mapping: preview.body.mapping });
    expect(started.status).toBe(422);
    expect(started.body).toMatchObject({
      type: 'urn:problem:enterprises:missing-columns',
      detail: expect.stringContaining('“统一社会信用代码”、“行业代码”、“区”'),
      errors: expect.arrayContaining([{ pointer: '/body/mapping/creditCode', detail: expect.stringContaining('可用的列名') }]),
    });
    expect((await drafter.get(`/api/enterprise-imports/${id}`)).body.state).toBe('uploaded');
  });

  it('two meanings for one column, or a column that is not there', async () => {
    const preview = await drafter.upload('/api/enterprise-imports', 'a.csv', `${listHeader}\n`);
    const { id } = preview.body.run as { id: string };
    const started = await drafter.post(`/api/enterprise-imports/${id}/start`, {
      mapping: { creditCode: 0, name: 0, industryCode: 2, district: 99 },
    });
    expect(started.status).toBe(400);
    expect((started.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/body/mapping/name',
      '/body/mapping/district',
    ]);
  });

  it('a run starts once', async () => {
    const { id, preview } = await importList(app, drafter, `${listHeader}\n${creditCode()},丙（演示）,62,310101,1,1,,\n`);
    const again = await drafter.post(`/api/enterprise-imports/${id}/start`, { mapping: preview.mapping });
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain('已完成');
  });
});

describe('rows', () => {
  it('lines are counted as an editor counts them, over blank lines and breaks inside quotes', async () => {
    const good = `${creditCode()},"两行\n名称（演示）",62,310101,1,1,,`;
    const { errors } = await importList(app, drafter, `${listHeader}\n${good}\n\n\n坏,丁（演示）,62,310101,1,1,,\n`);
    // The name holds a line break, which is a control character: line 2 is told, and line 6 is the broken code.
    expect(errors.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'control-character'],
      [6, 'credit-code.length'],
    ]);
  });

  it('a quote that is never closed, early: refused at once with its line', async () => {
    const answered = await drafter.upload(
      '/api/enterprise-imports',
      'a.csv',
      `${listHeader}\n${creditCode()},"己（演示）,62,310101,1,1,,\n`,
    );
    expect(answered.status).toBe(422);
    expect(answered.body.detail).toContain('第 2 行');
  });

  it('a quote that is never closed, late: the rows before it stay, the line is named', async () => {
    const good = Array.from({ length: 600 }, () => `${creditCode()},戊（演示）,62,310101,1,1,,`).join('\n');
    const { run } = await importList(app, drafter, `${listHeader}\n${good}\n${creditCode()},"己（演示）,62,310101,1,1,,\n`);
    expect(run).toMatchObject({ state: 'failed', rowsImported: 600, failure: expect.stringContaining('第 602 行') });
  });

  it('the error file gives back each bad row with its fault, and nothing in it runs', async () => {
    const { id } = await importList(
      app,
      drafter,
      `${listHeader}\n坏,"=HYPERLINK(""http://x"")",62,310101,-1,@1,+联系人,\t1\n${creditCode()},好（演示）,62,310101,1,1,,\n`,
      'list.csv',
    );
    const file = await drafter.get(`/api/enterprise-imports/${id}/error-file`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    const [header, row, rest] = file.text.split('\r\n');
    expect(header).toBe(`行号,${listHeader},错误说明`);
    expect(row).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(row).toContain(`"'-1","'@1","'+联系人"`);
    expect(row).toContain('统一社会信用代码应为 18 位');
    expect(rest).toBe('');
  });
});
