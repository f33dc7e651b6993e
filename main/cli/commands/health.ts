import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { healthUrl } from '../program/ownCommands.ts';

const longestMs = 2000;

/** The status of an address. The request carries nothing, so any certificate will do. Rejects without an answer. */
const statusOf = (url: URL): Promise<number | undefined> =>
  new Promise((done, failed) => {
    const signal = AbortSignal.timeout(longestMs);
    const request =
      url.protocol === 'https:' ? getHttps(url, { signal, rejectUnauthorized: false }) : getHttp(url, { signal });
    request.once('error', failed).once('response', (response) => {
      response.resume();
      done(response.statusCode);
    });
  });

/** Prints whether an endpoint is ready. Returns the exit code: 0 ready, 1 not ready. Throws `bad_input` for no http address. */
export async function checkHealth(address: string = healthUrl): Promise<number> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new KeyfobError('bad_input', `--url is an http or https address, like ${healthUrl}.`);
  }
  if (url.pathname === '/') url.pathname = '/-/ready';
  const status = await statusOf(url).catch(() => undefined);
  process.stdout.write(status === 200 ? 'ready\n' : 'not ready\n');
  return status === 200 ? 0 : 1;
}
