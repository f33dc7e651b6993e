import { Eye, EyeOff } from 'lucide-react';
import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../../store/context.ts';
import { tokenValues } from '../../../store/hooks/topics/tokenValues.ts';
import { usePresenting } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { formatInstant } from '../../../ui/facts/instant.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { prettyJson } from '../../../ui/reply/prettyJson.ts';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import { useRevealed } from '../../../ui/secrets/useRevealed.ts';
import styles from './TokenDetail.module.css';

type Decoded = OutputOf<MethodOf<'tokens.decode'>>;

/** The claims that hold times, in seconds since 1970. https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
const times = [
  { term: 'Issued (iat)', claim: 'iat' },
  { term: 'Not before (nbf)', claim: 'nbf' },
  { term: 'Expires (exp)', claim: 'exp' },
] as const;

const signatureWords = ({ signatureGood, key }: Decoded): string => {
  if (key === undefined) return 'By a key of another installation, so it was not checked.';
  const by = `the ${key.algorithm} key ${key.kid}, which is ${key.state}`;
  if (!signatureGood) return `Not good: ${by}, did not sign this.`;
  return `Good: signed by ${by}${key.published ? '' : ' and no longer published'}.`;
};

const Content = ({ decoded }: { readonly decoded: Decoded }) => {
  const { header, claims } = decoded;
  return (
    <>
      <DefinitionList
        items={[
          { term: 'Signature', value: <span className={styles.content}>{signatureWords(decoded)}</span> },
          ...times.flatMap(({ term, claim }) => {
            const seconds = claims[claim];
            return typeof seconds === 'number' ? [{ term, value: formatInstant(seconds * 1000, true) }] : [];
          }),
        ]}
      />
      <CodeBlock text={prettyJson(JSON.stringify(header))} label="Header" />
      <CodeBlock text={prettyJson(JSON.stringify(claims))} label="Claims" />
    </>
  );
};

/** Shown until a person hides it, the window loses the focus, or this time has passed. */
const shownMs = 120_000;

/** The content of a JWT: signature, times, header and claims. Decoded on demand and not kept, as the token is a secret. */
export const TokenContent = ({ token: { id } }: { readonly token: Token }) => {
  const keyfob = useKeyfob();
  const decode = async () => {
    const { accessToken } = await tokenValues(keyfob, id);
    return JSON.stringify(await keyfob.host.call('tokens.decode', { token: accessToken }));
  };
  const concealed = usePresenting();
  const { revealed, show, hide } = useRevealed(decode, concealed, shownMs);
  const isOpen = revealed.state === 'shown' || revealed.state === 'failed';
  return (
    <div className={styles.main}>
      <span>
        <Button
          icon={isOpen ? EyeOff : Eye}
          disabled={concealed}
          loading={revealed.state === 'asking'}
          onClick={() => (isOpen ? hide() : void show())}
        >
          {isOpen ? 'Hide the content' : 'Decode'}
        </Button>
      </span>
      {revealed.state === 'failed' && <ErrorNote title={revealed.problem} />}
      {revealed.state === 'shown' && <Content decoded={JSON.parse(revealed.value)} />}
    </div>
  );
};
