import { Ban, Ellipsis, KeyRound, RefreshCw, Server, Zap } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { KeySet } from '../../../../preload/contract/keys.ts';
import { hostOfAddress, serverKindNames } from '../../../../preload/contract/servers.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useCopySecret, useGo, usePresenting } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import { Secret } from '../../../ui/secrets/Secret.tsx';
import styles from './ConsumerKeys.module.css';
import { RegenerateSecret } from './RegenerateSecret.tsx';
import { RevokeKeys } from './RevokeKeys.tsx';

interface ConsumerKeysProps {
  readonly keySet: KeySet;
  /** Changes whenever the keys are read again. */
  readonly news: unknown;
}

/** A counter that grows whenever `value` changes. */
function useVersion(value: unknown): number {
  const seen = useRef({ value, version: 0 });
  if (seen.current.value !== value) seen.current = { value, version: seen.current.version + 1 };
  return seen.current.version;
}

interface KeyActionsProps {
  readonly keySet: KeySet;
  readonly onCopyBasic: () => void;
  readonly onRegenerate: () => void;
  readonly onRevoke: () => void;
}

const KeyActions = ({ keySet, onCopyBasic, onRegenerate, onRevoke }: KeyActionsProps) => {
  const { application, keyType, state, server } = keySet;
  const go = useGo();
  return (
    <>
      {server === null && (
        <Button size="small" icon={RefreshCw} onClick={onRegenerate}>
          Regenerate secret
        </Button>
      )}
      <Menu
        trigger={<IconButton icon={Ellipsis} name="Actions for these keys" size="small" look="secondary" />}
        groups={[
          [
            { label: 'Copy as Basic authorization', icon: KeyRound, onSelect: onCopyBasic },
            {
              label: 'Change the next reply…',
              icon: Zap,
              onSelect: () => go({ screen: 'requests', part: 'faults', filter: { application, keyType } }),
            },
          ],
          // The server of provided keys alone can revoke them.
          server === null
            ? [
                {
                  label: 'Revoke these keys…',
                  icon: Ban,
                  danger: true,
                  disabled: state === 'REVOKED',
                  onSelect: onRevoke,
                },
              ]
            : [],
        ]}
      />
    </>
  );
};

/** Consumer key and secret, with the actions that invalidate them. */
export const ConsumerKeys = ({ keySet, news }: ConsumerKeysProps) => {
  const { application, keyType, consumerKey, state, createdAtMs, server } = keySet;
  const { host } = useKeyfob();
  const presenting = usePresenting();
  const copySecret = useCopySecret();
  const [open, setOpen] = useState<'regenerate' | 'revoke'>();
  const close = () => setOpen(undefined);
  // A shown secret may be older than a regeneration, so hide it.
  const version = useVersion(news);
  const reveal = useCallback(
    async () => (await host.call('keys.reveal', { application, keyType })).consumerSecret,
    [host, application, keyType],
  );
  const copyBasic = () =>
    void copySecret('Authorization header', async () => `Basic ${btoa(`${consumerKey}:${await reveal()}`)}`);
  const revoked = state === 'REVOKED';
  return (
    <Section
      title="Consumer key and secret"
      description={
        server && (
          <Badge icon={Server}>
            From {serverKindNames[server.kind]} · {hostOfAddress(server.tokenUrl)}
          </Badge>
        )
      }
      actions={
        <KeyActions
          keySet={keySet}
          onCopyBasic={copyBasic}
          onRegenerate={() => setOpen('regenerate')}
          onRevoke={() => setOpen('revoke')}
        />
      }
    >
      <div className={styles.stack}>
        {revoked && (
          <Banner tone="danger" title="These keys are revoked.">
            The endpoint refuses them. Regenerate the secret to use them again.
          </Banner>
        )}
        <DefinitionList
          items={[
            {
              term: 'Consumer key',
              value: (
                <span className={styles.key}>
                  {consumerKey}
                  <CopyButton getText={() => consumerKey} what="consumer key" />
                </span>
              ),
            },
            {
              term: 'Consumer secret',
              value: <Secret key={version} label="consumer secret" reveal={reveal} concealed={presenting} />,
            },
            { term: server === null ? 'Generated' : 'Stored', value: formatInstant(createdAtMs) },
          ]}
        />
      </div>
      {open === 'regenerate' && <RegenerateSecret keySet={keySet} onClose={close} />}
      {open === 'revoke' && <RevokeKeys keySet={keySet} onClose={close} />}
    </Section>
  );
};
