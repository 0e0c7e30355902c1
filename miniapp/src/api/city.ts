import type { PublicCity } from '@suiban/shared/api/city';
import { send } from './client';

export type { PublicCity } from '@suiban/shared/api/city';

export const getCity = () => send<PublicCity>({ method: 'GET', path: '/api/m/city' });
