import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { classes } from '../classes.ts';
import styles from './Tooltip.module.css';

interface Tip {
  readonly text: string;
  readonly of: DOMRect;
}

const delayMs = 450;
const gap = 6;

/** Near the window's edges a tip moves inwards. Without room above, it goes below. */
const place = (tip: HTMLElement, of: DOMRect): void => {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(gap, Math.min(innerWidth - width - gap, of.left + (of.width - width) / 2));
  const above = of.top - height - gap;
  tip.style.left = `${left}px`;
  tip.style.top = `${above < gap ? of.bottom + gap : above}px`;
};

/** The nearest element around the target that cuts its text off, unless it has a tooltip already. */
function cutAround(target: Element): HTMLElement | undefined {
  for (let one: Element | null = target, steps = 0; one instanceof HTMLElement && steps < 4; one = one.parentElement) {
    const isCut = one.scrollWidth > one.clientWidth && getComputedStyle(one).textOverflow === 'ellipsis';
    if (isCut) return one.closest('[title]') === null && one.querySelector('[title]') === null ? one : undefined;
    steps += 1;
  }
  return undefined;
}

/**
 * The tooltips of all elements with a `data-tip`, and of texts that are cut off: one for the whole window, as a tooltip
 * per icon costs more than the rest of a table row. For the eye only: the element's name or text says the same.
 */
export const Tips = () => {
  const [tip, setTip] = useState<Tip>();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setTip(undefined);
    };
    const show = (event: Event, afterMs: number) => {
      hide();
      const { target } = event;
      if (!(target instanceof Element)) return;
      const tipped = target.closest<HTMLElement>('[data-tip]') ?? cutAround(target);
      if (tipped === undefined) return;
      timer = setTimeout(() => {
        const text = tipped.dataset.tip ?? tipped.textContent;
        // An input that cuts off its value has no text content.
        if (tipped.isConnected && text !== '') setTip({ text, of: tipped.getBoundingClientRect() });
      }, afterMs);
    };
    const ending = new AbortController();
    const options = { capture: true, passive: true, signal: ending.signal };
    document.addEventListener('pointerover', (event) => event.pointerType === 'mouse' && show(event, delayMs), options);
    document.addEventListener(
      'focusin',
      (event) => event.target instanceof Element && event.target.matches(':focus-visible') && show(event, 0),
      options,
    );
    for (const name of ['focusout', 'pointerdown', 'keydown', 'scroll'] as const) {
      document.addEventListener(name, hide, options);
    }
    window.addEventListener('blur', hide, options);
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, []);
  useLayoutEffect(() => {
    if (element.current !== null && tip !== undefined) place(element.current, tip.of);
  }, [tip]);
  if (tip === undefined) return null;
  return (
    <div ref={element} className={classes(styles.root, styles.tip)} aria-hidden>
      {tip.text}
    </div>
  );
};
