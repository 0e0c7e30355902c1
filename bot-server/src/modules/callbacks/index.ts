import type { Deps, Module } from '../module';
import { permissions } from './callbacks.policy';
import { callbackRoutes } from './callbacks.routes';
import { deleteOldNonces } from './nonces.repo';
import type { Desk } from './receive-push';

/** The door for pushes of platforms: verified on raw bytes, stored in the inbox, answered. Knows no platform's meaning. */
export const callbacksModule = (deps: Deps, desk: Desk): Module => ({
  name: 'callbacks',
  routes: callbackRoutes(deps, desk),
  permissions,
  tasks: [{ queue: 'callbacks-sweep', everyMs: 300_000, handle: async () => void (await deleteOldNonces(deps.db)) }],
});
