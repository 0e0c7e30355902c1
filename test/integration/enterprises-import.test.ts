import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import ExcelJS from '@protobi/exceljs';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { encode } from 'iconv-lite';
import { sql } from 'kysely';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { emailPurpose } from '../../bot-server/src/modules/enterprises';
import { type Caller, startApp, type TestApp } from '../support/app';
import { type TestDeps, testDeps } from '../support/deps';
import { creditCode, type Imported, importList, listHeader } from '../support/imports';
import { temporaryFolder } from '../support/process';

const fixture = path.resolve('test/fixtures/enterprises.csv');
jest.setTimeout(60_000);

let deps: TestDeps;
let app: TestApp;
let drafter: Caller;

beforeAll(async () => {
  const config = loadConfig({ DATA_DIR: temporaryFolder('import'), NODE_ENV: 'test', SANDBOX_URL: 'http://127.0.0.1:9' });
  deps = await testDeps({ migrations: [1, 2, 3, 15, 16], config });
  app = await startApp(deps);
  drafter = await app.official({ roles: ['drafter'] });
});
afterAll(() => app.close());

const found = (code: string) => deps.db.first<Record<string, unknown>>(sql`select * from enterprise where credit_code = ${code}`);

describe('the list of 1,000 rows', () => {
  let imported: Imported;

  it('keeps the good rows, tells each bad one, within 3 s of work', async () => {
    const before = process.cpuUsage();
    imported = await importList(app, drafter, await readFile(fixture), 'enterprises.csv');
    const used = process.cpuUsage(before);
    expect(imported.preview.missing).toEqual([]);
    expect(imported.run).toMatchObject({
      state: 'completed',
      rowsRead: 1000,
      rowsImported: 980,
      rowsUpdated: 0,
      rowsRejected: 20,
      rowsDuplicate: 2,
    });
    expect(imported.run).toMatchObject({ encoding: 'UTF-8', bytesRead: imported.run.sizeBytes });
    // Processor time and not the clock: the machine that runs the tests runs others too.
    expect((used.user + used.system) / 1000).toBeLessThan(3000);
  });

  it('names line, column and rule of every broken row', () => {
    expect(new Set(imported.errors.map(({ line }) => line)).size).toBe(20);
    expect([...new Set(imported.errors.map(({ rule }) => rule))].sort()).toEqual(
      [
        'column-count',
        'credit-code.alphabet',
        'credit-code.inner-check',
        'credit-code.length',
        'credit-code.outer-check',
        'duplicate-in-file',
        'mobile.length',
        'mobile.prefix',
        'negative',
        'not-a-number',
        'not-whole',
        'pair',
        'required',
        'unknown-corp',
        'unknown-district',
        'unknown-industry',
      ].sort(),
    );
    expect(imported.errors.find(({ rule }) => rule === 'negative')).toMatchObject({
      column: '从业人数',
      message: '从业人数不能为负数（现为 -5）',
    });
    expect(imported.errors.find(({ rule }) => rule === 'duplicate-in-file')?.message).toMatch(/^与第 \d+ 行的统一社会信用代码相同/);
  });

  it('gives the audience and addresses that the demo counts on', async () => {
    const has = (channel: string) =>
      `exists (select 1 from enterprise_address d where d.enterprise_id = a.enterprise_id and d.channel = '${channel}')`;
    const count = async (where: string): Promise<number> => {
      const row = await deps.db.one<{ count: number }>(sql`
        select count(*)::int as count from enterprise_audience a
        where a.industry_code like '62%' and a.district_code in ('310101', '310104') and ${sql.raw(where)}`);
      return row.count;
    };
    expect(await count(has('wecom'))).toBe(210);
    expect(await count(`${has('wechat-mini')} and not ${has('wecom')} and not ${has('sms')}`)).toBe(113);
    expect(await count(`${has('sms')} and not ${has('wecom')} and not ${has('wechat-mini')}`)).toBe(313);
    const [corp] = sandboxAccounts.wecom.linkedCorps;
    expect(await deps.db.one(sql`select address, rank from enterprise_address where address->>'userId' = 'u.chenlixin'`)).toEqual({
      rank: 0,
      address: { type: 'wecom-linked', account: 'default', corpId: corp.corpId, agentId: corp.agentId, userId: 'u.chenlixin' },
    });
  });

  it('changes nothing but times when it is imported again', async () => {
    const counts = () =>
      deps.db.one<Record<string, number>>(sql`
        select (select count(*)::int from enterprise) as firms, (select count(*)::int from enterprise_contact) as contacts,
          (select count(*)::int from enterprise_agent) as agents,
          (select count(*)::int from outbox where topic = 'enterprises.agent-imported') as grants`);
    const before = await counts();
    const again = await importList(app, drafter, await readFile(fixture), 'enterprises.csv');
    expect(again.run).toMatchObject({ rowsImported: 0, rowsUpdated: 980, rowsRejected: 20 });
    expect(await counts()).toEqual(before);
    expect(before.firms).toBe(980);
    expect(before.grants).toBeGreaterThanOrEqual(113);
  });

  it('holds no name and no number in the clear', async () => {
    const { text } = await deps.db.one<{ text: string }>(sql`
      select (select string_agg(c::text, '') from enterprise_contact c) || (select string_agg(e::text, '') from import_error e)
        || coalesce((select string_agg(o::text, '') from outbox o), '') || (select string_agg(a::text, '') from audit_event a) as text`);
    expect(text).not.toMatch(/1420000\d{4}|19900000001|演示联系人|陈立新/);
  });
});

describe('encodings and formats', () => {
  const rows = (code: string) => [
    ['统一社会信用代码', '单位名称', '所属行业', '行政区', '员工人数'],
    [code, '云禾饭店（演示）', '餐饮业', '徐汇', '12'],
  ];
  const csv = (code: string) =>
    `${rows(code)
      .map((row) => row.join(','))
      .join('\r\n')}\r\n`;

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`), 'UTF-8'],
    ['GB18030', (text: string) => encode(text, 'gb18030'), 'GB18030'],
    ['UTF-16 as Excel writes text', (text: string) => encode(text.replaceAll(',', '\t'), 'utf16le', { addBOM: true }), 'UTF-16LE'],
  ])('%s', async (_, encoded, encoding) => {
    const code = creditCode();
    const { run } = await importList(app, drafter, encoded(csv(code)));
    expect(run).toMatchObject({ encoding, rowsImported: 1, rowsRejected: 0 });
    expect(await found(code)).toMatchObject({
      name: '云禾饭店（演示）',
      industry_code: '62',
      district_code: '310104',
      staff_count: 12,
      size_class: null,
      is_demo: true,
    });
  });

  it('GB18030 that begins with 100,000 bytes of plain ASCII', async () => {
    const ascii = Array.from({ length: 2600 }, () => `${creditCode()},Plain Ltd,62,310101,3\r\n`).join('');
    const text = `credit code,name,industry,district,staff\r\n${ascii}${creditCode()},最后一家（演示）,62,310101,3\r\n`;
    expect(text.indexOf('最后')).toBeGreaterThan(100_000);
    const { run } = await importList(app, drafter, encode(text, 'gb18030'));
    expect(run).toMatchObject({ encoding: 'GB18030', rowsImported: 2601, rowsRejected: 0 });
  });

  it('a workbook as Excel would save it, with a title above the header and numbers as numbers', async () => {
    const code = creditCode();
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('名单');
    sheet.addRow(['2026年企业名单']);
    sheet.addRow(['统一社会信用代码', '企业名称', '行业代码', '区', '从业人数', '营业收入（万元）', '手机号']);
    sheet.addRow([code, '石桥餐厅（演示）', 6210, '黄浦区', 120, 2500.5, 14200009991]);
    sheet.addRow(['bad', '坏行（演示）', 6210, '黄浦区', 1, 1, '']);
    const { run, errors, preview } = await importList(app, drafter, Buffer.from(await book.xlsx.writeBuffer()), 'list.xlsx');
    expect(run).toMatchObject({ format: 'xlsx', rowsRead: 2, rowsImported: 1, rowsRejected: 1 });
    expect(preview.rows).toHaveLength(2);
    expect(errors).toEqual([
      { line: 4, column: '统一社会信用代码', rule: 'credit-code.length', message: expect.stringContaining('18 位') },
    ]);
    expect(await found(code)).toMatchObject({ annual_revenue_fen: '2500500000', staff_count: 120, size_class: 'medium' });
  });

  it('amounts by the unit that the header names', async () => {
    const code = creditCode();
    await importList(
      app,
      drafter,
      `统一社会信用代码,企业名称,行业代码,区,营业收入（元）,资产总额（亿元）\n${code},山长（演示）,62,310101,"1,234.56",1.5\n`,
    );
    expect(await found(code)).toMatchObject({ annual_revenue_fen: '123456', total_assets_fen: '15000000000' });
  });
});

describe('updates', () => {
  it('an empty cell does not erase, and the size follows from what then stands', async () => {
    const code = creditCode();
    await importList(app, drafter, `${listHeader}\n${code},甲餐厅（演示）,62,310101,120,2500,演示联系人,14200008881\n`);
    await importList(app, drafter, `${listHeader}\n${code},乙餐厅（演示）,62,310101,,500,,\n`);
    expect(await found(code)).toMatchObject({
      name: '乙餐厅（演示）',
      staff_count: 120,
      annual_revenue_fen: '500000000',
      size_class: 'small',
    });
    const contacts = await deps.db.rows(
      sql`select 1 from enterprise_contact c join enterprise e on e.id = c.enterprise_id where e.credit_code = ${code}`,
    );
    expect(contacts).toHaveLength(1);
  });

  it('a cell that begins like a formula is kept as the text it is', async () => {
    const code = creditCode();
    await importList(app, drafter, `${listHeader}\n${code},=1+1餐厅（演示）,62,310101,1,1,,\n`);
    expect(await found(code)).toMatchObject({ name: '=1+1餐厅（演示）' });
  });
});

describe('further addresses of a firm', () => {
  const header = `${listHeader},邮箱,服务号openid,支付宝openid,服务专员企业微信ID,企业微信客户ID`;

  it('are sealed, once each, and seen masked', async () => {
    const code = creditCode();
    const row = `${code},丙餐厅（演示）,62,310101,1,1,,,Office@Firm.example,oFollower01,0Alipay000001,zhang,wmCustomer1`;
    for (let time = 0; time < 2; time += 1) await importList(app, drafter, `${header}\n${row}\n`);
    await importList(app, drafter, `${header}\n${code},丙餐厅（演示）,62,310101,1,1,,,second@firm.example,,,,\n`);
    const addresses = await deps.db.rows<{ channel: string; rank: number; address: Record<string, string>; key: string }>(sql`
      select a.channel, a.rank, a.address, a.person_key as key from enterprise_address a join enterprise e on e.id = a.enterprise_id
      where e.credit_code = ${code} order by a.channel, a.rank`);
    expect(addresses.map(({ channel, rank, address }) => [channel, rank, address.type])).toEqual([
      ['alipay-mini', 0, 'openid'],
      ['email', 0, 'email'],
      ['email', 1, 'email'],
      ['wechat-official', 0, 'openid'],
      ['wecom-contact', 0, 'wecom-contact'],
    ]);
    expect(addresses[4]?.address).toEqual({
      type: 'wecom-contact',
      account: 'default',
      staffUserId: 'zhang',
      externalUserId: 'wmCustomer1',
    });
    const [, mail] = addresses;
    expect(deps.sealer.open(emailPurpose, mail?.address.emailSealed ?? '')).toBe('office@firm.example');
    expect(mail?.key).not.toContain('office');
    const firm = await found(code);
    expect(firm).toMatchObject({ funnel: 'bound' });
    const { body } = await drafter.get(`/api/enterprises/${String(firm?.id)}`);
    expect(body.emails).toEqual([
      { id: expect.any(String), emailMasked: 'o***@firm.example' },
      { id: expect.any(String), emailMasked: 's***@firm.example' },
    ]);
    expect((body.agents as { label: string }[]).map(({ label }) => label).sort()).toEqual(['企业微信客户', '支付宝小程序', '服务号关注者']);
  });
});
