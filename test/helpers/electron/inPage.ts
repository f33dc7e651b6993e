/** What a page's script sends to the program. */
export interface FromPage {
  readonly how: 'invoke' | 'send';
  readonly channel: string;
  readonly args: readonly unknown[];
}

/**
 * Runs in the page before all of its scripts: gives the built preload the `electron` that a sandboxed one has. In the page's own
 * world, and not in one apart as under Electron, so that the two are apart is not proven.
 */
export function prepare({ preload }: { readonly preload: string }): void {
  if (window !== window.top) return;
  const page = globalThis as unknown as Record<string, unknown>;
  const toProgram = page.standInSend as (sent: FromPage) => Promise<unknown>;
  delete page.standInSend;

  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  page.standInDeliver = (channel: string, args: readonly unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };

  /** What goes over a border is a copy; functions are known to both sides, as under Electron. */
  const copied = (value: unknown): unknown => (typeof value === 'function' ? value : structuredClone(value));
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => toProgram({ how: 'invoke', channel, args: args.map(copied) }),
    send: (channel: string, ...args: unknown[]) => void toProgram({ how: 'send', channel, args: args.map(copied) }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Listener) => void listeners.get(channel)?.delete(listener),
  };
  const contextBridge = {
    exposeInMainWorld(name: string, api: Readonly<Record<string, (...args: unknown[]) => unknown>>) {
      const passed = Object.entries(api).map(([key, run]) => [key, (...args: unknown[]) => run(...args.map(copied))]);
      const value = Object.freeze(Object.fromEntries(passed));
      Object.defineProperty(page, name, { value, enumerable: true });
    },
  };
  const require = (name: string): object => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`);
    return { contextBridge, ipcRenderer };
  };
  new Function('require', 'module', 'exports', preload)(require, { exports: {} }, {});
}
