import assert from 'node:assert/strict';
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

type Form = Readonly<Record<string, string>>;

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

/** A client of the endpoint with keep-alive, one connection per request in flight. */
export interface OAuthClient {
  /** Resolves with a complete reply of any status. Rejects if it is incomplete. */
  post(path: string, form: Form, as?: Credentials): Promise<Answer>;
  /** Gives the tokens of a 200. Fails on any other status. */
  token(form: Form, as?: Credentials): Promise<Issued>;
  /** Whether introspection reports it as active. */
  isActive(token: string): Promise<boolean>;
  close(): void;
}

/** `origin` is like `https://localhost:8243`. `ca` (PEM) verifies HTTPS. */
export function createOAuthClient(origin: string, credentials: Credentials, ca?: string): OAuthClient {
  const keepAlive = { keepAlive: true };
  const agent = ca === undefined ? new HttpAgent(keepAlive) : new HttpsAgent({ ...keepAlive, ca });
  const request = ca === undefined ? httpRequest : httpsRequest;

  const post: OAuthClient['post'] = (path, form, as = credentials) =>
    new Promise((resolve, reject) => {
      const body = new URLSearchParams(form).toString();
      const headers = {
        Authorization: `Basic ${Buffer.from(`${as.id}:${as.secret}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body),
      };
      const sent = request(`${origin}${path}`, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });

  return {
    post,
    async token(form, as) {
      const { status, body } = await post('/token', form, as);
      assert.equal(status, 200, body);
      const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(body);
      return { accessToken, refreshToken };
    },
    async isActive(token) {
      const { status, body } = await post('/oauth2/introspect', { token });
      assert.equal(status, 200, body);
      return JSON.parse(body).active;
    },
    close: () => agent.destroy(),
  };
}
