import { type ComponentType, useEffect, useState } from 'react';

/** A component whose code may not be loaded yet. */
export type Lazy<Props extends object> = ComponentType<Props> & {
  /** Loads its code ahead. Rejects when that fails. */
  readonly load: () => Promise<void>;
};

/**
 * Loads a component's code when it is first shown, or ahead by `load`. It renders nothing until then. React's own
 * `lazy` shows a fallback for at least 300 ms, even when the code arrives sooner.
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
    // For the error boundary, which offers a retry.
    if (fault !== undefined) throw fault.error;
    const Component = found;
    return Component === undefined ? null : <Component {...props} />;
  };
  return Object.assign(Loaded, { load });
}
