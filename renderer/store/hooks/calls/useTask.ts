import { useState } from 'react';
import { asKeyfobError } from '../../core/resource.ts';
import { failureToast } from '../../window/toasts.ts';
import { useToast } from '../window/window.ts';

/** Runs the work of a dialog, which `onDone` closes. A toast with the title `failure` tells of an error, and the dialog stays. */
export function useTask(failure: string, onDone: () => void) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
      onDone();
    } catch (thrown) {
      toast(failureToast(failure, asKeyfobError(thrown)));
    } finally {
      setBusy(false);
    }
  }
  return { busy, run };
}
