import { send } from './client';

export interface Invitation {
  enterpriseName: string;
  mobileMasked: string;
  expiresAt: string;
  isBound: boolean;
  isDemo: boolean;
}

export const getInvitation = (invitation: string) =>
  send<Invitation>({ method: 'GET', path: `/api/m/invitations/${encodeURIComponent(invitation)}` });

export const acceptInvitation = (token: string, invitation: string) =>
  send<{ enterpriseId: string; name: string; isDemo: boolean }>({
    method: 'POST',
    path: '/api/m/bindings',
    token,
    body: { token: invitation },
  });
