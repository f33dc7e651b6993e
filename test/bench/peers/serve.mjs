// The parts that all peers share. Each peer is plain JavaScript: the benchmark copies it next to the packages that it
// installs for one run. A secret is compared with `===`, and the body is parsed by Node, which favours the peer.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parse } from 'node:querystring';

/** From the benchmark: id and secret of the client; for SQLite, a file and a place from where to load its driver. */
export const { clientId, clientSecret, database, loadFrom } = JSON.parse(process.argv[2]);

/** Longer than any run. */
export const validitySeconds = 86_400;

/** Tells the benchmark where the server listens, and ends with the benchmark. */
export function sayReady(port) {
  process.stdout.write(`${JSON.stringify({ http: `http://127.0.0.1:${port}` })}\n`);
  process.on('disconnect', () => process.exit(0));
}

export async function serve(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  sayReady(server.address().port);
}

/** Serves one function for each path. It takes the headers and the form, and gives status, headers and body. */
export const serveForms = (routes) =>
  serve((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const { status, headers, body } = await routes[request.url](
        request.headers,
        parse(Buffer.concat(chunks).toString()),
      );
      const text = body === undefined ? '' : JSON.stringify(body);
      response.writeHead(status, {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
