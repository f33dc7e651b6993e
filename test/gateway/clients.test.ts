import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as sendHttp } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { httpBackend } from './backends.ts';
import { admitting, serveGateway } from './serveGateway.ts';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

test('fetch and curl call a SOAP backend and an API with events through the gateway', async (t) => {
  const { http, next } = await serveGateway(t);
  const soap = await httpBackend(t, async (incoming, response) => {
    const { length } = await text(incoming);
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end(`<e:Envelope>${incoming.headers.soapaction} ${length}</e:Envelope>`);
  });
  next.decide = admitting(soap.url);
  const url = `http://localhost:${http.port}/shop/1.0.0/orders`;
  const headers = { 'Content-Type': 'text/xml', SOAPAction: '"urn:get"' };
  const fetched = await fetch(url, { method: 'POST', headers, body: '<e:Envelope/>' });
  assert.equal(await fetched.text(), '<e:Envelope>"urn:get" 13</e:Envelope>');
  const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const curled = await run('curl', ['-s', ...lines, '-d', '<e:Envelope/>', url]);
  assert.equal(curled.stdout, '<e:Envelope>"urn:get" 13</e:Envelope>');

  const events = await httpBackend(t, (_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: one\n\n');
  });
  next.decide = admitting(events.url);
  const leaving = new AbortController();
  const stream = await fetch(url, { signal: leaving.signal });
  const first = await stream.body?.getReader().read();
  assert.equal(Buffer.from(first?.value ?? []).toString(), 'data: one\n\n');
  leaving.abort();
});

const piece = Buffer.alloc(mebibyte, 'abcdefgh');
const count = 64;
/** Kernel buffers of two connections on the way hold less than this. */
const mostInFlight = 40 * mebibyte;

/** Writes 64 MiB, one piece after the other. Gives how much the sockets have taken so far. */
const send = (to: Writable) => {
  let taken = 0;
  let left = count;
  const next = (): void => {
    if (left === 0) return void to.end();
    left -= 1;
    to.write(piece, () => {
      taken += piece.length;
      next();
    });
  };
  next();
  return () => taken;
};

/** Reads slower than the other side sends. Gives the hash, and the most bytes that were sent and not read yet. */
const receiveSlowly = async (from: Readable, taken: () => number) => {
  const hash = createHash('sha256');
  let received = 0;
  let most = 0;
  for await (const part of from) {
    hash.update(part);
    received += part.length;
    most = Math.max(most, taken() - received);
    for (let turn = 0; turn < 4; turn += 1) await nextTurn();
  }
  return { sum: hash.digest('hex'), most };
};

test('64 MiB up and down are not held: the reader slows down the sender', async (t) => {
  const { http, next } = await serveGateway(t);
  const hash = createHash('sha256');
  for (let at = 0; at < count; at += 1) hash.update(piece);
  const sum = hash.digest('hex');
  let taken = () => 0;
  const backend = await httpBackend(t, async (incoming, response) => {
    if (incoming.method === 'GET') taken = send(response);
    else response.end(JSON.stringify(await receiveSlowly(incoming, () => taken())));
  });
  next.decide = admitting(backend.url);
  const path = '/shop/1.0.0/large';

  const upload = sendHttp({ port: http.port, path, method: 'POST', agent: false });
  taken = send(upload);
  const [response]: IncomingMessage[] = await once(upload, 'response');
  const up = JSON.parse(await text(response as IncomingMessage));
  assert.equal(up.sum, sum);
  assert.ok(up.most < mostInFlight, `${up.most} bytes were in flight`);

  const download = sendHttp({ port: http.port, path, agent: false }).end();
  const [large]: IncomingMessage[] = await once(download, 'response');
  const down = await receiveSlowly(large as IncomingMessage, () => taken());
  assert.equal(down.sum, sum);
  assert.ok(down.most < mostInFlight, `${down.most} bytes were in flight`);
});
