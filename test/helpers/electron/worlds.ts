// Functions that run in the page by their text, in two worlds that share the document but no object.

/** A value between the worlds. Functions and promises stay in their world and are called or awaited remotely. */
type Passed =
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'function'; readonly id: number }
  | { readonly is: 'promise'; readonly id: number };

/** Connects the two worlds as Electron's contextBridge does: copies values, calls functions, passes their errors. */
function joinWorlds(secret: string, here: string, there: string) {
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const promises = new Map<string, { done(value: unknown): void; failed(error: unknown): void }>();
  let answer: Passed | undefined;
  let thrown: unknown;
  const send = (detail: object) => dispatchEvent(new CustomEvent(`${secret} ${there}`, { detail }));

  const pass = (value: unknown): Passed => {
    if (typeof value === 'function') {
      const id = functions.push(value as (typeof functions)[number]) - 1;
      return { is: 'function', id };
    }
    if (!(value instanceof Promise)) return { is: 'value', value };
    const id = functions.push(() => undefined) - 1;
    value.then(
      (settled) => send({ settled: id, value: settled }),
      (error) => send({ settled: id, error: String(error) }),
    );
    return { is: 'promise', id };
  };
  const take = (passed: Passed): unknown => {
    if (passed.is === 'value') return passed.value;
    const { id } = passed;
    if (passed.is === 'promise') {
      return new Promise((done, failed) => promises.set(String(id), { done, failed }));
    }
    return (...args: unknown[]) => {
      answer = undefined;
      thrown = undefined;
      send({ call: id, args: args.map(pass) });
      if (thrown !== undefined) throw new Error(String(thrown));
      return answer === undefined ? undefined : take(answer);
    };
  };
  addEventListener(`${secret} ${here}`, (event) => {
    const { detail } = event as CustomEvent;
    if ('answer' in detail) answer = detail.answer;
    else if ('thrown' in detail) thrown = detail.thrown;
    else if ('settled' in detail) {
      const waiting = promises.get(String(detail.settled));
      promises.delete(String(detail.settled));
      if ('error' in detail) waiting?.failed(new Error(detail.error));
      else waiting?.done(detail.value);
    } else if ('call' in detail) {
      try {
        send({ answer: pass(functions[detail.call]?.(...detail.args.map(take))) });
      } catch (error) {
        send({ thrown: String(error) });
      }
    }
  });
  return { pass, take, send };
}

/** Runs in the page's world: receives the objects that the preload exposes. */
function receiveExposed(secret: string, join: typeof joinWorlds): void {
  const { take, send } = join(secret, 'page', 'preload');
  addEventListener(`${secret} exposed`, (event) => {
    const { name, members } = (event as CustomEvent<{ name: string; members: readonly [string, Passed][] }>).detail;
    if (Object.hasOwn(globalThis, name)) return;
    const value = Object.freeze(Object.fromEntries(members.map(([key, member]) => [key, take(member)])));
    Object.defineProperty(globalThis, name, { value, enumerable: true });
  });
  send({ ready: true });
}

/** Runs in the preload's world: provides the `electron` of a sandboxed preload. */
function runPreload(secret: string, join: typeof joinWorlds, preload: (...args: object[]) => void): void {
  const own = globalThis as unknown as Record<string, unknown>;
  const toProgram = own.standInSend as (payload: string) => void;
  const waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>();
  let last = 0;
  own.standInAnswer = (number: number, value: unknown, error: string | null) => {
    if (error === null) waiting.get(number)?.done(value);
    else waiting.get(number)?.failed(new Error(error));
    waiting.delete(number);
  };
  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  own.standInDeliver = (channel: string, args: readonly unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };
  const send = (how: string, channel: string, args: readonly unknown[]): number => {
    last += 1;
    toProgram(JSON.stringify({ number: last, how, channel, args }));
    return last;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((done, failed) => waiting.set(send('invoke', channel, args), { done, failed })),
    send: (channel: string, ...args: unknown[]) => void send('send', channel, args),
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Listener) => void listeners.get(channel)?.delete(listener),
  };
  const { pass } = join(secret, 'preload', 'page');
  const contextBridge = {
    exposeInMainWorld(name: string, api: Readonly<Record<string, unknown>>) {
      const members = Object.entries(api).map(([key, value]) => [key, pass(value)]);
      const expose = () => dispatchEvent(new CustomEvent(`${secret} exposed`, { detail: { name, members } }));
      // Either world can start first.
      addEventListener(`${secret} preload`, (event) => 'ready' in (event as CustomEvent).detail && expose());
      expose();
    },
  };
  const require = (name: string): object => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`);
    return { contextBridge, ipcRenderer };
  };
  preload(require, { exports: {} }, {});
}

const onTop = (script: string): string => `if (window === window.top) { ${script} }`;

/** The scripts of both worlds; `secret` names the events between them. */
export const scriptsOfWorlds = (secret: string, preload: string) => ({
  page: onTop(`(${receiveExposed})('${secret}', ${joinWorlds})`),
  preload: onTop(`(${runPreload})('${secret}', ${joinWorlds}, function (require, module, exports) { ${preload}\n })`),
});
