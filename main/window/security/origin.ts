/** The origin of our page: not `file:`, and no origin that a server could answer for. */
export const scheme = 'app';
export const pageOrigin = `${scheme}://keyfob`;
export const pageUrl = `${pageOrigin}/`;

/** Whether an address is our page, with any part after `#`. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === pageOrigin && url.pathname === '/' && url.search === '';
}
