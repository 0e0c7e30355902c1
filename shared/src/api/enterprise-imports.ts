import { z } from 'zod';
import { id, instant, operation, pageOf, pageQuery } from './define';

export const importStates = ['uploaded', 'running', 'completed', 'failed', 'cancelled'] as const;
/** What a column of an imported file can mean. */
export const importFields = [
  'creditCode',
  'name',
  'industryCode',
  'district',
  'subdistrict',
  'staffCount',
  'annualRevenue',
  'totalAssets',
  'tags',
  'contactName',
  'mobile',
  'email',
  'wecomCorpId',
  'wecomUserId',
  'openid',
  'templateCredits',
  'officialOpenid',
  'alipayOpenid',
  'staffUserId',
  'externalUserId',
] as const;

/** Index of the column in the file (0 = first) by meaning. */
export const importMapping = z.partialRecord(z.enum(importFields), z.number().int().min(0).max(199));

export const importColumn = z.object({ index: z.number().int(), header: z.string(), guessed: z.enum(importFields).nullable() });

export const importRun = z.object({
  id,
  state: z.enum(importStates),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  format: z.enum(['csv', 'xlsx']),
  /** `UTF-8`, `GB18030`, …; `XLSX` files have none of their own. */
  encoding: z.string(),
  markAsDemo: z.boolean(),
  rowsRead: z.number().int(),
  /** New firms. rowsRead = imported + updated + rejected. */
  rowsImported: z.number().int(),
  /** Firms that were there and were brought up to date. */
  rowsUpdated: z.number().int(),
  /** Rows not taken over, duplicates inside the file included. */
  rowsRejected: z.number().int(),
  rowsDuplicate: z.number().int(),
  bytesRead: z.number().int(),
  /** Why a run ended `failed`: where in the file and what to do. */
  failure: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});

export const importPreview = z.object({
  run: importRun,
  columns: z.array(importColumn),
  mapping: importMapping,
  /** Required meanings that no column has yet; a start is refused while any is missing. */
  missing: z.array(z.object({ field: z.enum(importFields), label: z.string(), accepted: z.array(z.string()) })),
  /** The meanings a column can be given. */
  fields: z.array(z.object({ field: z.enum(importFields), label: z.string(), isRequired: z.boolean() })),
  /** The first rows, at most 20. */
  rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
});

export const importError = z.object({
  /** Line in the file, as a text editor or Excel counts (the header is line 1). */
  line: z.number().int(),
  column: z.string().nullable(),
  rule: z.string(),
  message: z.string(),
});

const importId = z.strictObject({ importId: z.uuid() });
const imports = { auth: 'official', permission: 'enterprises.import' } as const;

/** Part of `enterprisesApi`. */
export const enterpriseImportOperations = {
  uploadImport: operation({
    id: 'uploadImport',
    method: 'post',
    path: '/api/enterprise-imports',
    summary: '上传企业名单（CSV 或 XLSX，100 MB 以内）',
    ...imports,
    rate: 'upload',
    transport: 'upload',
    status: 201,
    response: importPreview,
    problems: ['kernel:too-large', 'kernel:unsupported-type', 'enterprises:unreadable-file'],
  }),
  listImports: operation({
    id: 'listImports',
    method: 'get',
    path: '/api/enterprise-imports',
    summary: '导入任务',
    ...imports,
    rate: 'read',
    query: z.strictObject(pageQuery),
    response: pageOf(importRun),
  }),
  getImport: operation({
    id: 'getImport',
    method: 'get',
    path: '/api/enterprise-imports/:importId',
    summary: '导入进度',
    ...imports,
    rate: 'read',
    params: importId,
    response: importRun,
  }),
  getImportPreview: operation({
    id: 'getImportPreview',
    method: 'get',
    path: '/api/enterprise-imports/:importId/preview',
    summary: '导入预览',
    ...imports,
    rate: 'read',
    params: importId,
    response: importPreview,
    problems: ['enterprises:import-wrong-state'],
  }),
  startImport: operation({
    id: 'startImport',
    method: 'post',
    path: '/api/enterprise-imports/:importId/start',
    summary: '确认列对应并开始导入',
    ...imports,
    rate: 'write',
    params: importId,
    body: z.strictObject({ mapping: importMapping, markAsDemo: z.boolean().default(false) }),
    status: 202,
    response: importRun,
    problems: ['enterprises:missing-columns', 'enterprises:import-wrong-state'],
  }),
  cancelImport: operation({
    id: 'cancelImport',
    method: 'post',
    path: '/api/enterprise-imports/:importId/cancellation',
    summary: '取消导入（已导入的保留）',
    ...imports,
    rate: 'write',
    params: importId,
    response: importRun,
    problems: ['enterprises:import-wrong-state'],
  }),
  listImportErrors: operation({
    id: 'listImportErrors',
    method: 'get',
    path: '/api/enterprise-imports/:importId/errors',
    summary: '导入错误',
    ...imports,
    rate: 'read',
    params: importId,
    query: z.strictObject(pageQuery),
    response: pageOf(importError),
  }),
  /** The rejected rows as they were, with 错误说明 behind; UTF-8 with BOM; cells are inert in a spreadsheet. */
  downloadImportErrors: operation({
    id: 'downloadImportErrors',
    method: 'get',
    path: '/api/enterprise-imports/:importId/error-file',
    summary: '下载错误行',
    ...imports,
    rate: 'export',
    transport: 'download',
    params: importId,
  }),
  downloadImportTemplate: operation({
    id: 'downloadImportTemplate',
    method: 'get',
    path: '/api/enterprise-import-template',
    summary: '下载导入模板',
    ...imports,
    rate: 'export',
    transport: 'download',
  }),
};
