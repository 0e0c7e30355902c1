import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { downloadRoute, type Route, route, uploadRoute } from '../../kernel/http/route';
import type { Deps } from '../module';
import { downloadErrors, downloadTemplate } from './download-errors';
import { cancelImport, listImportErrors, listImports, previewImport, readImport, startImport, uploadImport } from './manage-imports';

const api = enterprisesApi;

export const importRoutes = (deps: Deps): readonly Route[] => [
  uploadRoute(api.uploadImport, (actor, _, upload) => uploadImport(deps, actor, upload)),
  route(api.listImports, (actor, { query }) => listImports(deps, actor, query)),
  route(api.getImport, (actor, { params }) => readImport(deps, actor, params.importId)),
  route(api.getImportPreview, (actor, { params }) => previewImport(deps, actor, params.importId)),
  route(api.startImport, (actor, { params, body }) => startImport(deps, actor, params.importId, body)),
  route(api.cancelImport, (actor, { params }) => cancelImport(deps, actor, params.importId)),
  route(api.listImportErrors, (actor, { params, query }) => listImportErrors(deps, actor, params.importId, query)),
  downloadRoute(api.downloadImportErrors, (actor, { params }) => downloadErrors(deps, actor, params.importId)),
  downloadRoute(api.downloadImportTemplate, () => downloadTemplate()),
];
