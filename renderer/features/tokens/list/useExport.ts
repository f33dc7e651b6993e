import { useCallback, useRef, useState } from 'react';
import type { Progress } from '../../../../preload/contract/define.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import type { TokenFilter } from '../../../store/topics/tokens/tokenSearch.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { countOf } from '../../../ui/facts/count.ts';

/** An export of the list to a file. */
export interface TokenExport {
  readonly running: boolean;
  readonly progress: Progress | undefined;
  /** Reads all matches and saves them as a download. A toast tells the result. */
  run(filter: TokenFilter): Promise<void>;
  cancel(): void;
}

/** Saves a file as a download. */
function download(name: string, parts: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Revoke the URL later: the browser may read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Swedish dates are ISO dates: "2026-11-23". */
const fileName = (): string => `keyfob-tokens-${new Intl.DateTimeFormat('sv-SE').format(new Date())}.csv`;

const withoutHeader = (csv: string): string => csv.slice(csv.indexOf('\r\n') + 2);

/** The list as CSV, without values, page by page. */
export function useExport(): TokenExport {
  const { host } = useKeyfob();
  const toast = useToast();
  const [progress, setProgress] = useState<Progress>();
  const [running, setRunning] = useState(false);
  const work = useRef<AbortController>(undefined);

  const run = useCallback(
    async (filter: TokenFilter) => {
      const mine = new AbortController();
      work.current = mine;
      setRunning(true);
      const parts: string[] = [];
      let rows = 0;
      let cursor: number | undefined;
      try {
        do {
          const page = await host.call(
            'tokens.export',
            { ...filter, ...(cursor !== undefined && { cursor }) },
            { signal: mine.signal, onProgress: setProgress },
          );
          parts.push(parts.length === 0 ? page.csv : withoutHeader(page.csv));
          rows += page.rows;
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        const name = fileName();
        download(name, parts);
        toast({ tone: 'good', title: `${countOf(rows, 'token')} exported.`, detail: `${name}, without their values.` });
      } catch (thrown) {
        const error = asKeyfobError(thrown);
        if (error.code !== 'cancelled') toast(failureToast('The tokens were not exported.', error));
      } finally {
        setRunning(false);
        setProgress(undefined);
      }
    },
    [host, toast],
  );
  return { running, progress, run, cancel: useCallback(() => work.current?.abort(), []) };
}
