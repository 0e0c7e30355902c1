import { auditApi } from '@suiban/shared/api/audit';
import { type Route, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { auditVerifier, listAuditEvents } from './list-audit-events';

export function auditRoutes(deps: Deps): readonly Route[] {
  const verify = auditVerifier(deps);
  return [
    route(auditApi.listAuditEvents, (_, { query }) => listAuditEvents(deps, query)),
    route(auditApi.verifyAuditChain, () => verify()),
  ];
}
