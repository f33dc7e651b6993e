// The floor of the gateway: a bare forwarding proxy, and at /refused a constant of the size of a refusal. One argument:
// `{"backend": "http://…", "refusal": {"status", "body"}, "tls": {"key", "cert"}}`.
import { Agent, createServer, request as send } from 'node:http';
import { pipeline } from 'node:stream';

const { backend, refusal, tls } = JSON.parse(process.argv[2]);
const { hostname, port } = new URL(backend);
const agent = new Agent({ keepAlive: true });

const handler = (request, response) => {
  if (request.url.startsWith('/refused')) {
    response.writeHead(refusal.status, {
      'Content-Type': 'application/xml; charset=UTF-8',
      'Content-Length': refusal.body.length,
    });
    response.end(refusal.body);
    return;
  }
  const { method, url: path, headers } = request;
  const outgoing = send({ agent, hostname, port, method, path, headers }, (answer) => {
    if (response.destroyed) {
      answer.destroy();
      return;
    }
    response.writeHead(answer.statusCode, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  // wrk closes its connections at the end of a run.
  outgoing.on('error', () => response.destroy());
  pipeline(request, outgoing, () => undefined);
};

const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

const ready = {};
if (tls === undefined) ready.http = `http://127.0.0.1:${await listening(createServer(handler))}`;
else {
  const https = await import('node:https');
  ready.https = `https://127.0.0.1:${await listening(https.createServer(tls, handler))}`;
}
process.stdout.write(`${JSON.stringify(ready)}\n`);
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ rssMiB: rss / 1048576, heapMiB: heapUsed / 1048576 });
});
process.on('disconnect', () => process.exit(0));
