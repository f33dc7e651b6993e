import { EventEmitter } from 'node:events';
import type { CustomScheme, Protocol as RealProtocol, Session } from 'electron';

type Handler = (request: Request) => Response | Promise<Response>;
type PermissionHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type BeforeRequest = (details: { readonly url: string }, answer: (response: { cancel?: boolean }) => void) => void;

/** Schemes registered as privileged. */
const privileged: CustomScheme[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => void privileged.push(...schemes),
} satisfies Pick<RealProtocol, 'registerSchemesAsPrivileged'>;

/** Permissions that a page could use without user action. */
const askable = {
  'clipboard-read': 'clipboard-read',
  notifications: 'notifications',
  geolocation: 'geolocation',
} as const;

export class StandInSession extends EventEmitter {
  readonly #schemes = new Map<string, Handler>();
  #permissions: PermissionHandler | null = null;
  #beforeRequest: BeforeRequest | undefined;
  spellChecker = true;

  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => {
      // Without these Electron gives the page neither an origin nor modules.
      const { standard, secure } = privileged.find((entry) => entry.scheme === scheme)?.privileges ?? {};
      if (!standard || !secure) throw new Error(`${scheme} was not registered as a standard and secure scheme`);
      this.#schemes.set(scheme, handler);
    },
  } satisfies Pick<RealProtocol, 'handle'>;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: PermissionHandler | null): void {
    this.#permissions = handler;
  }
  setPermissionCheckHandler(_handler: unknown): void {}
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on;
  }

  /** The permissions for Chromium. Without a handler everything is granted, as under Electron. */
  grantedPermissions(): readonly string[] {
    return Object.entries(askable).flatMap(([permission, name]) => {
      let granted = this.#permissions === null;
      // Our handlers ignore the page and the details.
      (this.#permissions as unknown as (page: null, permission: string, answer: (yes: boolean) => void) => void)?.(
        null,
        permission,
        (yes) => {
          granted = yes;
        },
      );
      return granted ? [name] : [];
    });
  }

  /** The answer to a request of the page; `undefined` fails the request. */
  async answer(request: Request): Promise<Response | undefined> {
    let cancel = false;
    this.#beforeRequest?.({ url: request.url }, (response) => {
      cancel = response.cancel ?? false;
    });
    const handler = this.#schemes.get(new URL(request.url).protocol.replace(':', ''));
    return cancel ? undefined : await handler?.(request);
  }
}

type SessionPart = Pick<
  Session,
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
>;

const defaultSession = new StandInSession() satisfies SessionPart;
export const session = { defaultSession };
