import { z } from 'zod';
import { civilDate, id, instant, operation } from './define';

/** One thing that waits for this official. `href` is a console path below `/console`. */
export const workbenchItem = z.object({
  kind: z.enum(['approval', 'unknown-deliveries', 'overdue-order', 'order-to-assign', 'order-to-accept', 'reply-to-review']),
  id,
  title: z.string(),
  detail: z.string(),
  /** How many things this line stands for. */
  count: z.number().int(),
  href: z.string(),
  since: instant,
  dueAt: instant.nullable(),
});

export const workbenchFigure = z.object({
  key: z.enum(['accepted', 'answered', 'problems', 'closed']),
  label: z.string(),
  value: z.number().int(),
  /** Today minus yesterday. */
  difference: z.number().int(),
  /** 14 days, oldest first; the last is today. */
  series: z.array(z.object({ on: civilDate, value: z.number().int() })),
});

export const workbenchApi = {
  getWorkbench: operation({
    id: 'getWorkbench',
    method: 'get',
    path: '/api/workbench',
    summary: '工作台',
    auth: 'official',
    permission: 'workbench.read',
    rate: 'read',
    response: z.object({ needsMe: z.array(workbenchItem), figures: z.array(workbenchFigure) }),
  }),
};

export type WorkbenchItem = z.output<typeof workbenchItem>;
export type WorkbenchFigure = z.output<typeof workbenchFigure>;
