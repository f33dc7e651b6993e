import type { InputOf, OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useTask } from '../../../store/hooks/calls/useTask.ts';
import { useCopy, useCopySecret, useToast } from '../../../store/hooks/window/window.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { saveFiles } from '../../../ui/files/saveFiles.ts';
import { printPage } from '../../../ui/printPage.ts';

export type Exported = OutputOf<MethodOf<'exports.devices'>>;

/** Reads an export when it is wanted, and copies, saves or prints it. Calls `onDone` after each. */
export function useExport(input: InputOf<MethodOf<'exports.devices'>>, onDone: () => void) {
  const { host } = useKeyfob();
  const copyText = useCopy();
  const copySecret = useCopySecret();
  const toast = useToast();
  const { busy, run: runTask } = useTask('The tokens were not exported.', onDone);
  const run = (work: (exported: Exported) => Promise<void> | void) =>
    runTask(async () => await work(await host.call('exports.devices', input)));
  return {
    busy,
    /** Copies the main file. */
    copy: () =>
      run(async ({ files: [main] }) => {
        const { name = '', text = '' } = main ?? {};
        await (input.secrets === 'real' ? copySecret(name, async () => text) : copyText(name, text));
      }),
    save: () =>
      run((exported) => {
        const name = saveFiles(exported.folder, exported.files);
        toast({ tone: 'good', title: `${countOf(exported.devices, 'token')} exported.`, detail: name });
      }),
    /** Opens the print dialog on the main file, which is HTML. */
    print: () => run(({ files: [main] }) => printPage(main?.text ?? '')),
  };
}
