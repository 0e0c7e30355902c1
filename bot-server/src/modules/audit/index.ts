import type { Deps, Module } from '../module';
import { permissions } from './audit.policy';
import { auditRoutes } from './audit.routes';

/** Shows the audit trail and whether its chain holds. Writes nothing: every module records its own. */
export const auditModule = (deps: Deps): Module => ({ name: 'audit', routes: auditRoutes(deps), permissions });
