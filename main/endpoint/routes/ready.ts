import type { Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';

/** The path of the readiness check. No context of an API can start so. */
export const readyPath = '/-/ready';

const reply = (status: number, body: string): Reply => ({
  status,
  headers: ['Content-Type', 'text/plain', 'Cache-Control', 'no-store'],
  body: `${body}\n`,
  isLogged: false,
});
const ready = reply(200, 'ready');
const notReady = reply(503, 'not ready');

/** `GET /-/ready`: whether requests are answered, and nothing else. Checks run often, so the request log leaves them out. */
export const readyRoute = (isReady: () => boolean): Route => ({
  methods: ['GET', 'HEAD'],
  cors: false,
  body: 'none',
  query: 'ignored',
  basicChallenge: false,
  answer: () => (isReady() ? ready : notReady),
});
