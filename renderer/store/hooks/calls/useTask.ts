import { useState } from 'react';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';
import { failureToast } from '../../window/toasts.ts';

/** Runs the work of a dialog, which `onDone` closes. A toast with the title `failure` tells of an error, and the dialog stays. */
export function useTask(failure: string, onDone: () => void) {
  const { store } = useKeyfob();
  const [busy, setBusy] = useState(false);
  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
      onDone();
    } catch (thrown) {
      store.getState().toasts.show(failureToast(failure, asKeyfobError(thrown)));
    } finally {
      setBusy(false);
    }
  }
  return { busy, run };
}
