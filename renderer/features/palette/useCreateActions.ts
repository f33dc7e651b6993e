import { Archive, BadgeCheck, KeyRound, Plus } from 'lucide-react';
import { keyType as keyTypes } from '../../../preload/contract/values.ts';
import { useKeyfob } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import { openAndRun } from '../../store/openAndRun.ts';
import type { Route } from '../../store/window/route.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import type { PaletteEntry, PaletteGroup } from './entry.ts';

const news: readonly { readonly label: string; readonly route: Route }[] = [
  { label: 'New application…', route: { screen: 'applications' } },
  { label: 'Mint device tokens…', route: { screen: 'devices' } },
  { label: 'New user…', route: { screen: 'users' } },
  { label: 'New scope…', route: { screen: 'scopes' } },
  { label: 'New API…', route: { screen: 'apis' } },
];

/** Creates each kind of thing, from any screen. */
export function useCreateActions(): PaletteGroup {
  const keyfob = useKeyfob();
  const go = useGo();
  const applications = useRead('applications.list', {}).value?.items ?? [];
  const create = news.map(
    ({ label, route }): PaletteEntry => ({
      id: `create ${route.screen}`,
      label,
      icon: Plus,
      keywords: ['create', 'add', 'generate'],
      run: () => openAndRun(keyfob, route, 'new'),
    }),
  );
  const keys = applications.flatMap((application) =>
    keyTypes.options
      .filter((keyType) => !application.keyTypes.includes(keyType))
      .map(
        (keyType): PaletteEntry => ({
          id: `keys ${application.id} ${keyType}`,
          label: `Generate ${keyTypeNames[keyType]} keys for ${application.name}…`,
          icon: KeyRound,
          keywords: ['create', 'new', 'consumer', 'secret'],
          run: () => go({ screen: 'applications', application: String(application.id), keyType }),
        }),
      ),
  );
  const others: readonly PaletteEntry[] = [
    {
      id: 'create backup',
      label: 'Back up…',
      icon: Archive,
      keywords: ['backup', 'export', 'save', 'import', 'restore'],
      run: () => go({ screen: 'settings', section: 'backup' }),
    },
    {
      id: 'create trust',
      label: 'Trust the certificate: Java, browsers, phones…',
      icon: BadgeCheck,
      keywords: ['ca', 'tls', 'https', 'keystore', 'truststore', 'pem', 'install'],
      run: () => go({ screen: 'endpoint', part: 'certificate' }),
    },
  ];
  return { heading: 'Create', entries: [...create, ...keys, ...others] };
}
