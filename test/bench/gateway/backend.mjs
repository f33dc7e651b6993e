// A plain backend: 1 KiB at any path, 10 MiB at /large, and at any path it reads a body and drops it. Says where it
// listens in one line.
import { createServer } from 'node:http';

const small = Buffer.alloc(1024, 'a');
const large = Buffer.alloc(10 * 1024 * 1024, 'a');

const server = createServer((request, response) => {
  const body = request.url === '/large' ? large : small;
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ http: `http://127.0.0.1:${server.address().port}` })}\n`);
});
process.on('disconnect', () => process.exit(0));
