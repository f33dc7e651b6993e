import { CircleStop, Zap } from 'lucide-react';
import { faultKind } from '../../../preload/contract/faults.ts';
import { faultKindTexts } from '../../../preload/contract/faultTexts.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { failureToast } from '../../store/window/toasts.ts';
import type { PaletteGroup } from './entry.ts';

/** Changes the next reply of any route, or ends all faults. The banner tells the result. */
export function useFaultActions(): PaletteGroup {
  const { host, store } = useKeyfob();
  const active = useRead('faults.list', {}).value?.items.length ?? 0;
  const orTell = (failure: string) => (error: unknown) =>
    store.getState().toasts.show(failureToast(failure, asKeyfobError(error)));
  const endAll = {
    id: 'do end faults',
    label: 'Stop all faults on purpose',
    icon: CircleStop,
    run: () => void host.call('faults.endAll', {}).catch(orTell('The faults did not stop.')),
  };
  const add = faultKind.options.map((kind) => ({
    id: `fault ${kind}`,
    label: `Next reply: ${faultKindTexts[kind].label}`,
    keywords: ['fault', 'fail', faultKindTexts[kind].effect],
    icon: Zap,
    run: () => void host.call('faults.add', { kind }).catch(orTell('No fault was added.')),
  }));
  return { heading: 'Faults on purpose', entries: [...(active > 0 ? [endAll] : []), ...add] };
}
