import { useCallback } from 'react';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { download } from '../../ui/download.ts';
import { countOf } from '../../ui/facts/count.ts';

interface HarExport {
  readonly running: boolean;
  /** Saves requests as a download. A toast tells the result. */
  run(sequences: readonly number[] | undefined): Promise<void>;
}

/** Swedish dates are ISO dates: "2026-11-23". */
const fileName = (): string => `keyfob-requests-${new Intl.DateTimeFormat('sv-SE').format(new Date())}.har`;

/** Exports requests as HAR, with secrets masked: the numbered ones, or all. */
export function useExportHar(): HarExport {
  const { run, pending } = useCall('requests.exportHar');
  const toast = useToast();
  return {
    running: pending,
    run: useCallback(
      async (sequences) => {
        const made = await run(sequences === undefined ? {} : { sequences: [...sequences] });
        if (made === undefined) {
          toast({ tone: 'danger', title: 'The requests were not exported.' });
          return;
        }
        const name = fileName();
        download(name, made.har, 'application/json');
        toast({
          tone: 'good',
          title: `${countOf(made.requests, 'request')} exported.`,
          detail: `${name}, with secrets masked.`,
        });
      },
      [run, toast],
    ),
  };
}
