import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Decided } from '../decisions/decided.ts';
import type { Ports } from '../ports/ports.ts';
import type { PortalMethods } from './call.ts';
import { authenticate, type Caller } from './caller.ts';
import { operations, type PortalOperation } from './operations.ts';
import type { PortalAnswer, PortalRequest } from './portal.ts';
import { badRequest, PortalError } from './portalError.ts';

/** The DevPortal REST API. */
export interface PortalService {
  /** @throws PortalError for a refusal */
  answer(operation: PortalOperation, request: PortalRequest): Decided<PortalAnswer>;
}

export interface PortalSource {
  /** Whether the API is served: the setting `devPortal`. */
  isServed(): boolean;
  /** Loads the code with the first request, so that the program starts faster. */
  load(): Promise<PortalService>;
}

/** The refusals of the methods behind the operations, which people caused. Others stay as they are. */
const asPortalError = (error: unknown): unknown => {
  if (!(error instanceof KeyfobError)) return error;
  switch (error.code) {
    case 'bad_input':
    case 'not_found':
    case 'refused':
      return badRequest(error.message);
    case 'conflict':
      return new PortalError(409, 'Conflict', error.message);
    default:
      return error;
  }
};

const withPortalErrors = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw asPortalError(error);
  }
};

export const createPortalService = (ports: Ports, methods: PortalMethods): PortalService => ({
  answer(name, request) {
    const operation = operations[name];
    const { credentials, parts, query, body } = request;
    const answer = (caller: Caller | undefined): PortalAnswer =>
      withPortalErrors(() => {
        const call = { ports, methods, parts, query, body };
        if (operation.kind === 'public') return operation.run(call);
        const { user, ...logged } = caller ?? authenticate(ports, credentials, operation.scopes);
        return { ...logged, ...operation.run({ ...call, user }) };
      });
    // A refused caller costs no transaction.
    const isAnonymous = operation.kind === 'public' && credentials === undefined;
    const caller = isAnonymous ? undefined : authenticate(ports, credentials, operation.scopes);
    return operation.kind === 'write'
      ? { kind: 'write', apply: () => answer(undefined) }
      : { kind: 'answer', answer: answer(caller) };
  },
});
