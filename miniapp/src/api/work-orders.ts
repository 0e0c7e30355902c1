import type { MyWorkOrder } from '@suiban/shared/api/work-orders';
import { send } from './client';

export type { MyWorkOrder } from '@suiban/shared/api/work-orders';
export type Rating = Omit<NonNullable<MyWorkOrder['rating']>, 'at' | 'comment'> & { comment?: string };

const path = '/api/m/work-orders';

export const listMyWorkOrders = (token: string, enterpriseId: string | undefined) =>
  send<{ items: MyWorkOrder[] }>({ method: 'GET', path, query: { enterpriseId }, token });

export const getMyWorkOrder = (token: string, id: string) => send<MyWorkOrder>({ method: 'GET', path: `${path}/${id}`, token });

export const createMyWorkOrder = (token: string, body: { enterpriseId: string; matterId: string; text: string }, idempotencyKey: string) =>
  send<MyWorkOrder>({ method: 'POST', path, token, body, idempotencyKey });

export const urgeWorkOrder = (token: string, id: string) =>
  send<MyWorkOrder>({ method: 'POST', path: `${path}/${id}/urge`, token, body: {} });

export const supplementWorkOrder = (token: string, id: string, text: string) =>
  send<MyWorkOrder>({ method: 'POST', path: `${path}/${id}/supplement`, token, body: { text } });

export const rateWorkOrder = (token: string, id: string, rating: Rating) =>
  send<MyWorkOrder>({ method: 'POST', path: `${path}/${id}/rate`, token, body: rating });

export const reopenWorkOrder = (token: string, id: string, reason: string) =>
  send<MyWorkOrder>({ method: 'POST', path: `${path}/${id}/reopen`, token, body: { reason } });

export type Attachment = MyWorkOrder['timeline'][number]['attachments'][number];

/** Address of an attachment; it is read with the token, like everything of a firm. */
export const attachmentPath = (orderId: string, attachmentId: string): string => `${path}/${orderId}/attachments/${attachmentId}`;
