import { request } from 'node:https';
import { createServer } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import type { ServedKeyfob } from './keyfob.ts';

/** Posts a form to the endpoint, trusting only the authority. Resolves to the reply. */
export function postForm(
  url: string,
  ca: string,
  form: Readonly<Record<string, string>>,
  basic?: { readonly consumerKey: string; readonly consumerSecret: string },
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const body = new URLSearchParams(form).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length };
  const auth = basic && `${basic.consumerKey}:${basic.consumerSecret}`;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', ca, headers, agent: false, ...(auth && { auth }) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Gives the endpoint's certificate for a client that requests this name. Rejects when the client does not trust it. */
export function certificateFor(port: number, ca: string, servername: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/** Occupies a port. `close` frees it. */
export function occupy(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('it listens on no port'));
      else resolve({ port: address.port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

/** An application with keys and a user. With a running endpoint: its URL and its authority. */
export async function openShop({ call }: ServedKeyfob) {
  await call('users.create', { username: 'ann', password: 'right' });
  await call('applications.create', { name: 'Shop' });
  const { consumerKey, consumerSecret } = await call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  const { tokenUrl = '', port = 0 } = await call('endpoint.start', {});
  const { pem } = await call('endpoint.exportCa', {});
  return { tokenUrl, port, pem, basic: { consumerKey, consumerSecret } };
}
