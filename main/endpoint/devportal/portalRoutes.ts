import type { PortalAnswer, PortalRequest } from '../../engine/devportal/portal.ts';
import { PortalError } from '../../engine/devportal/portalError.ts';
import type { PortalSource } from '../../engine/devportal/portalService.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { json, type Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import type { ErrorParts } from '../errors.ts';
import type { Service } from '../form/formRoute.ts';
import { isPortalPath, matchPortalPath, operationsOf } from './paths.ts';
import { portalErrorReply, portalReply, portalReplyTo } from './replies.ts';
import { bodyOf, credentialsOf, decodeSegment, queryOf } from './request.ts';

export interface PortalOptions extends ErrorParts, Pick<Service, 'run'> {
  readonly portal: PortalSource;
}

type Operations = NonNullable<ReturnType<typeof operationsOf.get>>;

const unknownPath = portalErrorReply(
  new PortalError(404, 'Not Found', 'Requested resource not found', {
    why: 'Of the DevPortal REST API, applications, keys, tokens, subscriptions, apis, throttling-policies, key-managers and settings are served, in v2 and v3.',
  }),
);

const tooLarge = portalErrorReply(new PortalError(413, 'Payload Too Large', 'A body has at most 64 KiB.'));

const otherMethod = (methods: readonly string[]) =>
  portalErrorReply(new PortalError(405, 'Method Not Allowed', `This path answers ${methods.join(' and ')} only.`), [
    ...json,
    'Allow',
    [...methods, 'OPTIONS'].join(', '),
  ]);

const requestOf = (exchange: Exchange, body: Buffer, parts: readonly string[]): PortalRequest => ({
  credentials: credentialsOf(exchange),
  parts: parts.map(decodeSegment),
  query: queryOf(exchange),
  body: bodyOf(exchange, body),
});

const createRoute = (options: PortalOptions, operations: Operations): Route => {
  const methods = Object.keys(operations).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const answer = async (exchange: Exchange, body: Buffer): Promise<PortalAnswer & { readonly base: string }> => {
    const { parts = [], base = '' } = matchPortalPath(exchange.path) ?? {};
    const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
    const operation = operations[method as keyof Operations];
    if (operation === undefined) throw new Error(`The route has no operation for ${method}.`);
    const request = requestOf(exchange, body, parts);
    const service = await options.portal.load();
    return { ...(await options.run(() => service.answer(operation, request))), base };
  };
  return {
    methods,
    otherMethod: otherMethod(methods),
    tooLarge,
    body: 'form',
    query: 'read',
    cors: true,
    basicChallenge: false,
    async answer(exchange, body) {
      try {
        const { status, body: content, location, base, tokenId, clientId, why } = await answer(exchange, body);
        exchange.clientId = clientId;
        const reply = portalReply(status, content, location && `${base}${location}`);
        return { ...reply, tokenId, why: why === undefined ? undefined : () => why };
      } catch (thrown) {
        return portalReplyTo(thrown, options);
      }
    },
  };
};

/**
 * Gives the route at a path of the DevPortal REST API (`/api/am/devportal/v2` and `/v3`) or of dynamic client
 * registration. Undefined for other paths, and while the setting `devPortal` is off.
 */
export const createPortalRoutes = (options: PortalOptions): ((path: string) => Route | Reply | undefined) => {
  const routes = new Map([...operationsOf].map(([template, found]) => [template, createRoute(options, found)]));
  return (path) => {
    if (!isPortalPath(path) || !options.portal.isServed()) return undefined;
    const found = matchPortalPath(path);
    return (found && routes.get(found.template)) ?? unknownPath;
  };
};
