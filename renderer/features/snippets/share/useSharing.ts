import { useEffect, useState } from 'react';
import type { InputOf } from '../../../../preload/contract/define.ts';
import type { Receiver } from '../../../../preload/contract/exports.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import type { SecretsMode, SnippetForm } from '../../../../preload/contract/snippets.ts';
import { useKeyfob, useKeyfobState } from '../../../store/context.ts';
import { useFreshRead } from '../../../store/hooks/calls/useFreshRead.ts';
import { useTask } from '../../../store/hooks/calls/useTask.ts';
import { useCopy, useCopySecret, useToast } from '../../../store/hooks/window/window.ts';
import type { RunnableInput } from '../../../store/topics/snippets.ts';
import { saveFiles } from '../../../ui/files/saveFiles.ts';
import { useNetworkHosts } from './NetworkHost.tsx';

/** What a person shares and with whom, the files of that, and how to copy or save them. */
export function useSharing(call: RunnableInput, keySet: KeySet | undefined, onClose: () => void) {
  const { host } = useKeyfob();
  const toast = useToast();
  const copy = useCopy();
  const copySecret = useCopySecret();
  const { client, shell } = useKeyfobState((state) => state.snippets);
  const [receiver, setReceiver] = useState<Receiver>('machine');
  const [asked, setAsked] = useState<string>();
  const [forms, setForms] = useState<readonly SnippetForm[]>([client === 'curl' ? shell : client]);
  const [secrets, setSecrets] = useState<SecretsMode>('env');
  const { busy, run } = useTask('The call was not shared.', onClose);
  const hosts = useNetworkHosts();
  useEffect(() => {
    // Its links lead to other screens. One without the pane ends sharing too: the next call must not open the dialog.
    window.addEventListener('hashchange', onClose);
    return () => {
      window.removeEventListener('hashchange', onClose);
      onClose();
    };
  }, [onClose]);
  const isServer = keySet !== undefined && keySet.server !== null && (receiver === 'elsewhere' || !keySet.servedHere);
  // The keys of another Keyfob are unknown here.
  const canBeReal = receiver !== 'elsewhere' || isServer;
  const isReal = secrets === 'real' && canBeReal;
  const shownSecrets = secrets === 'real' && !isReal ? 'env' : secrets;
  const needsHost = receiver === 'network' && !isServer && hosts?.length === 0;

  const { client: _, shell: __, secrets: ___, insecure: ____, target: _____, ...shown } = call;
  const input: InputOf<MethodOf<'exports.call'>> = {
    ...shown,
    ...{ receiver, forms: [...forms], secrets: shownSecrets },
    ...(receiver === 'network' && asked !== undefined && hosts?.includes(asked) && { host: asked }),
  };
  const { value, error } = useFreshRead(
    'exports.call',
    needsHost ? undefined : { ...input, ...(isReal && { secrets: 'placeholder' }) },
  );

  const copyCommand = () =>
    run(async () => {
      const { name = '', text = '' } = (await host.call('exports.call', input)).files[0] ?? {};
      await (isReal ? copySecret(name, async () => text) : copy(name, text));
    });
  const save = () =>
    run(async () => {
      const { folder, files } = await host.call('exports.call', input);
      toast({ tone: 'good', title: 'Call saved.', detail: saveFiles(folder, files) });
    });
  return {
    ...{ receiver, setReceiver, asked, setAsked, forms, setForms },
    ...{ secrets: shownSecrets, setSecrets },
    ...{ isServer, canBeReal, isReal, value, error, busy, copyCommand, save },
  } as const;
}
