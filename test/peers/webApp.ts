import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ToldToken } from './round.ts';

/** The task of a foreign web app, as JSON on its standard input. */
export interface WebAppTask {
  readonly issuer: string;
  readonly consumerKey: string;
  /** Absent for a public client. */
  readonly consumerSecret?: string;
  readonly scope: string;
  readonly username: string;
  readonly password: string;
}

/** A web app's report of its flows, in the words of its library. A library without a flow leaves it out. */
export interface WebAppReport {
  /** authorization_code, and refresh_token of it. */
  readonly user: ToldToken;
  readonly refreshed: ToldToken;
  readonly userinfo?: Readonly<Record<string, unknown>>;
  readonly application?: ToldToken;
  /** password */
  readonly byPassword?: ToldToken;
  /** Access tokens that the app revoked. */
  readonly revoked?: readonly string[];
}

/** The served metadata, for libraries that read none. */
export const metadataOf = async ({ issuer }: WebAppTask) => {
  const reply = await fetch(`${issuer}/.well-known/openid-configuration`);
  return (await reply.json()) as Readonly<
    Record<`${'authorization' | 'token' | 'userinfo' | 'revocation'}_endpoint`, string>
  >;
};

interface WebApp {
  /** Gives the address of the sign-in. */
  login(request: IncomingMessage): Promise<string>;
  /** Completes the sign-in. */
  callback(request: IncomingMessage): Promise<WebAppReport>;
}

/** The query of a request. */
export const queryOf = ({ url = '' }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(url, 'http://127.0.0.1').searchParams);

/**
 * Serves a foreign web app on this machine, and prints its port. `/login` leads to the sign-in; `/cb` completes it and
 * answers the report. The app ends by a signal.
 */
export const serveWebApp = async (
  create: (task: WebAppTask, redirectUri: string) => Promise<WebApp>,
): Promise<void> => {
  const task = (await json(process.stdin)) as WebAppTask;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
    try {
      if (pathname === '/login') response.writeHead(302, { Location: await (await app).login(request) }).end();
      else response.end(JSON.stringify(await (await app).callback(request)));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.stack : JSON.stringify(error));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const app = create(task, `http://127.0.0.1:${port}/cb`);
  process.stdout.write(`${port}\n`);
};
