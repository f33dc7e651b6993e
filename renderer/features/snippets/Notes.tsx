import type { SecretOfSnippet } from '../../../preload/contract/snippets.ts';
import { useKeyfob } from '../../store/context.ts';
import { tokenValues } from '../../store/hooks/topics/tokenValues.ts';
import type { Snippet } from '../../store/hooks/topics/useSnippet.ts';
import { CopyButton } from '../../ui/secrets/CopyButton.tsx';
import styles from './Notes.module.css';
import type { Target } from './useTarget.ts';

interface NotesProps {
  readonly target: Target;
  readonly snippet: Snippet;
}

/** Reads a secret of the command. Gives nothing when it isn't stored or doesn't exist yet. */
function useFetch(target: Target, tokenId: number | undefined) {
  const keyfob = useKeyfob();
  const { host } = keyfob;
  const { application, keyType, user } = target;
  return ({ secret, notKept }: SecretOfSnippet): (() => Promise<string>) | undefined => {
    const isHeld = tokenId !== undefined && keyfob.store.getState().shownOnce.valuesOf(tokenId) !== undefined;
    if (notKept && !isHeld) return undefined;
    switch (secret) {
      case 'code':
        return undefined;
      case 'consumerSecret':
        return async () => (await host.call('keys.reveal', { application: application.name, keyType })).consumerSecret;
      case 'password':
        if (user?.hasPassword !== true) return undefined;
        return async () => (await host.call('users.reveal', { user: user.username })).password;
      case 'accessToken':
        if (tokenId === undefined) return undefined;
        return async () => (await tokenValues(keyfob, tokenId)).accessToken;
      case 'refreshToken':
        if (tokenId === undefined) return undefined;
        return async () => (await tokenValues(keyfob, tokenId)).refreshToken ?? '';
    }
  };
}

/** Notes to read before running a command. A note about a secret has a copy button. */
export const Notes = ({ target, snippet }: NotesProps) => {
  const fetchOf = useFetch(target, snippet.tokenId);
  const { caFile } = snippet;
  if (snippet.notes.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Before you run it">
      {snippet.notes.map((note) => {
        const about = snippet.secrets.find(
          ({ placeholder, variable }) => note.includes(placeholder) || note.includes(variable),
        );
        const getText = about && fetchOf(about);
        return (
          <li key={note} className={styles.note}>
            <span className={styles.words}>{note}</span>
            {note.includes('KEYFOB_CA') && caFile !== undefined && (
              <CopyButton what="path of the CA certificate" getText={() => caFile} />
            )}
            {about !== undefined && getText !== undefined && <CopyButton what={about.words} getText={getText} secret />}
          </li>
        );
      })}
    </ul>
  );
};
