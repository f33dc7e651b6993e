/** The nonce of this page load's CSP, for what injects a `<style>`; undefined where the page names none. */
const cspNonce = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined;

/**
 * Gives the nonce to the scroll lock under radix' dialogs, menus and selects. It reads this global (by its dependency
 * get-nonce, which documents it), so that we need not import a package that is not ours. Call it once, before the
 * first render.
 */
export const announceNonce = (): void => {
  Reflect.set(globalThis, '__webpack_nonce__', cspNonce());
};
