import { decideRefresh } from '../../tokens/refresh.ts';
import type { Grant } from './grant.ts';

/** Refreshes an access token (https://www.rfc-editor.org/rfc/rfc6749#section-6; reference 2.8). */
export const refreshToken: Grant = {
  name: 'refresh_token',
  required: ['refresh_token'],
  allowsPublicClients: true,
  decide: (ports, context, client, parameters) =>
    decideRefresh(ports, context, client, parameters.get('refresh_token') ?? '', parameters.get('scope') ?? ''),
};
