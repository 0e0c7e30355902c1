import { workbenchApi } from '@suiban/shared/api/workbench';
import { route } from '../../kernel/http/route';
import type { Deps, Module } from '../module';
import { readWorkbench } from './read-workbench';
import { permissions } from './workbench.policy';

/** 工作台: reads the views of other modules (`campaign_progress`, `submission_overview`, `work_order_overview`) and writes nothing. */
export const workbenchModule = (deps: Deps): Module => ({
  name: 'workbench',
  routes: [route(workbenchApi.getWorkbench, (actor) => readWorkbench(deps, actor))],
  permissions,
});
