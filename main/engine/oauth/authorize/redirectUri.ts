import { parseCallbackPattern } from '../../../../preload/contract/callbackPattern.ts';
import { callbackPatternPrefix, isUnsafeScheme } from '../../../../preload/contract/callbackUrl.ts';

const longest = 2048;
/** Absolute, printable ASCII, without a fragment. So it can neither add a header nor hide parameters. */
const wellFormed = /^(?:https?:\/\/[!"$-.0-~]|(?!https?:)[a-z][a-z0-9+.-]*:)[!"$-~]*$/i;

const loopback = /^(https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)/i;

const withoutPort = (url: string): string => url.replace(loopback, '$1');

/** The patterns of callbacks, which never change. Starts again when full. */
const patterns = new Map<string, (url: string) => boolean>();
const mostPatterns = 1000;

const patternOf = (callback: string): ((url: string) => boolean) => {
  const known = patterns.get(callback);
  if (known !== undefined) return known;
  const pattern = parseCallbackPattern(callback.slice(callbackPatternPrefix.length));
  if (patterns.size >= mostPatterns) patterns.clear();
  patterns.set(callback, pattern);
  return pattern;
};

/**
 * Says why a redirect URI does not match the callback of a key set; undefined if it matches (OpenID reference 2.6). The
 * texts are compared exactly. A callback on this machine may have any port, with `anyLoopbackPort`:
 * https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export const mismatchOf = (callback: string, sent: string, anyLoopbackPort: boolean): string | undefined => {
  if (sent.length > longest || !wellFormed.test(sent) || isUnsafeScheme(sent)) {
    return 'A redirect_uri is an absolute URL of at most 2048 printable ASCII characters, without a fragment.';
  }
  if (callback.startsWith(callbackPatternPrefix)) {
    return patternOf(callback)(sent)
      ? undefined
      : `The redirect_uri is ${sent}, and the registered pattern must match all of it: ${callback}`;
  }
  if (callback === sent) return undefined;
  const ignoresPorts = anyLoopbackPort && loopback.test(callback) && loopback.test(sent);
  const [registered, given] = ignoresPorts ? [withoutPort(callback), withoutPort(sent)] : [callback, sent];
  if (registered === given) return undefined;
  let same = 0;
  while (same < registered.length && registered.charAt(same) === given.charAt(same)) same += 1;
  const place = `character ${same + 1} on${ignoresPorts ? ', without the port' : ''}`;
  return `The redirect_uri is ${sent}, and the registered callback is ${callback}. They differ from ${place}.`;
};
