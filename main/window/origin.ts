/** The scheme and the one host of our page: no `file:`, and nothing that any server could answer for. */
export const scheme = 'app';
export const pageOrigin = `${scheme}://keyfob`;
export const pageUrl = `${pageOrigin}/`;

/** Whether an address is our page's, with whatever it has behind `#`. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === pageOrigin && url.pathname === '/' && url.search === '';
}
