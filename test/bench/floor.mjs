// The floor: what one Node process can do at most. A bare handler that reads the form body and the Basic header of a
// request and answers a constant of the size the real endpoint answers there. Plain JavaScript, as the cold start is
// measured too. One argument: `{"answers": {"/path": "body"}, "tls": {"key", "cert"}}`.
import { createServer } from 'node:http';

const { answers, tls } = JSON.parse(process.argv[2]);

const handler = (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const form = Buffer.concat(chunks).toString();
    const basic = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64').toString();
    const answer = answers[request.url];
    if (answer === undefined || form === '' || !basic.includes(':')) {
      response.writeHead(400).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) });
    response.end(answer);
  });
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
process.on('disconnect', () => process.exit(0));
