import type { EventEmitter } from 'node:events';

/** Tells listeners of something that they may prevent; gives whether one did. */
export function isPrevented(
  emitter: EventEmitter,
  name: string,
  facts: object = {},
  ...more: readonly unknown[]
): boolean {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...more);
  return event.defaultPrevented;
}
