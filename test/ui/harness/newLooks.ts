import type { JSHandle, Page } from '@playwright/test';

/** The looks that this worker has seen. Each is checked in all themes at once, as a theme changes nothing else. */
const seen = new Set<string>();

/**
 * The elements with text whose colors this worker has not checked yet. Rules give colors by tags, classes,
 * states and the elements around, so two elements with all of them in common look the same. It leaves a tenth of the
 * elements for axe's slowest rule.
 */
export async function newLooks(page: Page): Promise<{ readonly texts: JSHandle<Element[]>; readonly found: number }> {
  const both = await page.evaluateHandle(
    (known) => {
      const looks = new Map<Element, string>();
      // What a dialog or a menu covers looks different.
      const layers = document.querySelectorAll('[role$="dialog"], [role="menu"], [role="listbox"]').length;
      const lookOf = (element: Element): string => {
        const before = looks.get(element);
        if (before !== undefined) return before;
        const states = [...element.attributes]
          // Ids and numbers are of one element; a word is a state or a variant.
          .filter(({ name, value }) => /^(class|role|type|style)$/.test(name) || /^[a-z-]{0,20}$/.test(value))
          .map(({ name, value }) => `${name}=${name === 'style' ? value.replaceAll(/[\d.]+/g, '') : value}`);
        const pseudo = [':hover', ':focus-visible', ':active', ':disabled', ':checked', ':placeholder-shown'].filter(
          (state) => element.matches(state),
        );
        const around = element.parentElement === null ? `${layers}` : lookOf(element.parentElement);
        const look = `${around}>${element.localName} ${states.sort().join(' ')} ${pseudo.join('')}`;
        looks.set(element, look);
        return look;
      };
      const hasText = (element: Element) =>
        element.matches('input, textarea, select') ||
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '');
      /** A short name for a look, so that they can be sent back and forth. */
      const digest = (text: string): string => {
        let [low, high] = [0x811c9dc5, 0x1b873593];
        for (let at = 0; at < text.length; at += 1) {
          low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
          high = Math.imul(high ^ text.charCodeAt(at), 0x85ebca6b);
        }
        return `${low.toString(36)}${high.toString(36)}`;
      };
      const digests = new Set(known);
      const texts = [...document.querySelectorAll('body *')].filter((element) => {
        if (!hasText(element) || !element.checkVisibility()) return false;
        const { size } = digests;
        return digests.add(digest(lookOf(element))).size > size;
      });
      return { texts, digests: [...digests] };
    },
    [...seen],
  );
  for (const digest of await both.evaluate(({ digests }) => digests)) seen.add(digest);
  const texts = await both.evaluateHandle(({ texts: elements }) => elements);
  return { texts, found: await texts.evaluate(({ length }) => length) };
}
