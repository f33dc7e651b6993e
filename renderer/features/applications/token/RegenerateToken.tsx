import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { ConfirmDialog } from '../../../ui/overlays/ConfirmDialog.tsx';
import { askedScopes, tokenWords } from '../words.ts';

interface RegenerateTokenProps {
  readonly token: Token;
  /** The new token's lifetime. Absent: the key set's. */
  readonly validitySeconds: number | undefined;
  readonly onClose: () => void;
  readonly onRegenerated: (id: number, scope: string, reused: boolean) => void;
}

/** Confirms that an active token is revoked and replaced by a new one for the same scopes. */
export const RegenerateToken = ({ token, validitySeconds, onClose, onRegenerated }: RegenerateTokenProps) => {
  const { host } = useKeyfob();
  const toast = useToast();
  const { application, keyType, valid } = token;
  const scope = askedScopes(token.scope).join(' ');
  const regenerate = async () => {
    const validity = validitySeconds === undefined ? {} : { validitySeconds };
    const { id } = await host.call('tokens.regenerate', { application, keyType, scope, ...validity });
    toast({ tone: 'good', title: 'A new application token was issued.' });
    onRegenerated(id, scope, false);
  };
  const lives =
    validitySeconds === undefined
      ? ''
      : validitySeconds < 0
        ? ' It never expires.'
        : ` It lives ${formatDuration(validitySeconds)}.`;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Regenerate the application token?"
      description={`A new token for the same scopes is issued.${lives} Update every program that uses the current token.`}
      lossesTitle="This token stops working immediately"
      losses={valid ? [tokenWords(token)] : []}
      confirmLabel="Regenerate"
      onConfirm={regenerate}
    />
  );
};
