import { useState } from 'react';
import { useKeyfob } from '../../../store/context.ts';
import { useTokenNowMs } from '../../../store/hooks/window/useTokenTime.ts';
import { useCopySecret } from '../../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../../store/topics/deviceTokenReads.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { Dialog } from '../../../ui/overlays/Dialog.tsx';
import { deviceOf, isExpired } from '../deviceActions.ts';
import styles from './CopyDialog.module.css';
import { type Format, writeTokens } from './formats.ts';

const previewed = 5;
const revealedACall = 1000;

const segments: readonly { readonly value: Format; readonly label: string }[] = [
  { value: 'lines', label: 'Lines' },
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
  { value: 'env', label: '.env' },
];

const written = (token: DeviceToken, accessToken: string) => ({
  device: deviceOf(token),
  accessToken,
  scope: token.scope,
  expiresAtMs: token.expiresAtMs,
});

interface CopyDialogProps {
  readonly tokens: readonly DeviceToken[];
  /** Number of tokens kept as hashes only. */
  readonly notKept: number;
  readonly onClose: () => void;
}

/** Copies many tokens in a chosen format. */
export const CopyDialog = ({ tokens, notKept, onClose }: CopyDialogProps) => {
  const { host, store } = useKeyfob();
  const copySecret = useCopySecret();
  const [format, setFormat] = useState<Format>('lines');
  const [busy, setBusy] = useState(false);
  const count = countOf(tokens.length, 'token');
  const nowMs = useTokenNowMs();
  const expired = tokens.filter((token) => isExpired(token, nowMs)).length;
  const live = tokens.length - expired;
  const preview = writeTokens(
    tokens.slice(0, previewed).map((token) => written(token, `••••••••${token.last4 ?? ''}`)),
    format,
  );

  async function textOfAll(): Promise<string> {
    const values = new Map<number, string>();
    const asked: number[] = [];
    for (const { id } of tokens) {
      const held = store.getState().shownOnce.valuesOf(id);
      if (held === undefined) asked.push(id);
      else values.set(id, held.accessToken);
    }
    for (let from = 0; from < asked.length; from += revealedACall) {
      const ids = asked.slice(from, from + revealedACall);
      for (const { id, accessToken } of (await host.call('tokens.revealMany', { ids })).items)
        values.set(id, accessToken);
    }
    return writeTokens(
      tokens.flatMap((token) => {
        const value = values.get(token.id);
        return value === undefined ? [] : [written(token, value)];
      }),
      format,
    );
  }
  async function copy(): Promise<void> {
    setBusy(true);
    await copySecret(count, textOfAll);
    onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Copy ${count}`}
      onSubmit={(event) => {
        event.preventDefault();
        void copy();
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" loading={busy}>
            Copy {count}
          </Button>
        </>
      }
    >
      <Field label="Format">
        <SegmentedControl segments={segments} value={format} onChange={setFormat} />
      </Field>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard */}
      <section className={styles.preview} tabIndex={0} aria-label="Preview, without the values">
        <pre>
          {preview}
          {tokens.length > previewed && `… and ${formatCount(tokens.length - previewed)} more`}
        </pre>
      </section>
      {notKept > 0 && (
        <Banner>
          {notKept === 1 ? 'One more is' : `${formatCount(notKept)} more are`} kept as{' '}
          {notKept === 1 ? 'a hash' : 'hashes'} only and can't be copied.
        </Banner>
      )}
      {expired > 0 && (
        <Banner>{live === 0 ? 'All of them have expired.' : `${formatCount(expired)} of them expired.`}</Banner>
      )}
      {live > 0 && (
        <Banner tone="warn">
          The text holds {live === 1 ? 'an active token' : countOf(live, 'active token')}. Anyone who can read the
          clipboard, or the file you paste it into, can use {live === 1 ? 'it' : 'them'}.
        </Banner>
      )}
    </Dialog>
  );
};
