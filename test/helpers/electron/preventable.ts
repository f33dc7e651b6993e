import type { EventEmitter } from 'node:events';

/** Emits an event that listeners may prevent. Returns whether one did. */
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
