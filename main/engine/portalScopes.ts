const subscribers: readonly string[] = ['admin', 'Internal/subscriber', 'Internal/devops'];

/** The scopes of the DevPortal REST API with the roles that get them, as API Manager 4.x has them by default. */
export const portalScopes: ReadonlyMap<string, readonly string[]> = new Map([
  ['apim:subscribe', subscribers],
  ['apim:app_manage', subscribers],
  ['apim:sub_manage', subscribers],
  ['apim:store_settings', ['admin', 'Internal/subscriber']],
]);
