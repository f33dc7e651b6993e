import type { Ports } from '../ports/ports.ts';

/** The parts of a URL that say which machine and port it leads to. */
const address = /^(https?):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d*))?/i;

/** Names and addresses that always mean this machine. Numbers alone are other spellings of 127.0.0.1. */
const loopback =
  /^(?:localhost\.?|.+\.localhost\.?|127\.[\d.]+|0\.0\.0\.0|0x[\da-f.]+|\d+|\[::\]|\[::1\]|\[::ffff:(?:127\.[\d.]+|7f[\da-f]{2}:[\da-f]+)\])$/i;

/** Whether a backend's URL leads to this endpoint, as far as its text tells. `echo` does not. */
export const isOwnAddress = ({ store, endpoint }: Pick<Ports, 'store' | 'endpoint'>, url: string): boolean => {
  const [, scheme, host = '', typedPort = ''] = address.exec(url) ?? [];
  if (scheme === undefined) return false;
  const usualPort = scheme.toLowerCase() === 'https' ? 443 : 80;
  const port = typedPort === '' ? usualPort : Number(typedPort);
  const settings = store.settings.read();
  const status = endpoint.status();
  if (![settings.port, settings.httpPort, status.port, status.httpPort].includes(port)) return false;
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  const names = [...settings.extraNames, ...status.names, ...status.addresses];
  return loopback.test(host) || names.some((own) => own.toLowerCase() === name);
};
