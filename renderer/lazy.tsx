import { type ComponentType, useEffect, useState } from 'react';

/** A component that may not be here yet. */
export type Lazy<Props extends object> = ComponentType<Props> & {
  /** Fetches its code ahead. Rejects when it cannot be had. */
  readonly load: () => Promise<void>;
};

/**
 * A component whose code is fetched when it is first shown, or ahead by `load`; nothing is shown meanwhile. React's own `lazy`
 * shows a fallback, and keeps it for 300 ms however soon the code is there.
 */
export function lazy<Props extends object>(
  fetchCode: () => Promise<{ readonly default: ComponentType<Props> }>,
): Lazy<Props> {
  let found: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const load = (): Promise<void> => {
    loading ??= fetchCode().then(
      (code) => {
        found = code.default;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };

  const Loaded = (props: Props) => {
    const [fault, setFault] = useState<{ readonly error: unknown }>();
    const [, setReady] = useState(found !== undefined);
    useEffect(() => {
      if (found !== undefined) return;
      load().then(
        () => setReady(true),
        (error: unknown) => setFault({ error }),
      );
    }, []);
    // For the error boundary, which offers to try again.
    if (fault !== undefined) throw fault.error;
    const Component = found;
    return Component === undefined ? null : <Component {...props} />;
  };
  return Object.assign(Loaded, { load });
}
