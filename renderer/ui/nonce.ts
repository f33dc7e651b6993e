/** Gives this page load's CSP nonce, for libraries that inject a `<style>`, or undefined when the page has none. */
const cspNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined;

/**
 * Gives the nonce to the scroll lock under radix' dialogs, menus and selects. It reads this global through get-nonce,
 * which documents it, so we need not import a transitive dependency. Call it once, before the first render.
 */
export const announceNonce = (): void => {
  Reflect.set(globalThis, '__webpack_nonce__', cspNonce());
};
