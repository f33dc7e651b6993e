import type { RequestDetails } from '../../../../preload/contract/requests.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { Section } from '../../../ui/layout/Section.tsx';
import { prettyJson } from '../../../ui/reply/prettyJson.ts';
import { CodeBlock } from '../../../ui/secrets/CodeBlock.tsx';
import styles from './RequestDetail.module.css';

type Part = RequestDetails['sent'];

const sizeOf = ({ bodyBytes, truncated }: Part): string => {
  if (truncated && bodyBytes === undefined) return 'Only the start of the body is kept.';
  return truncated ? `Only the start of the body is kept, of ${formatCount(bodyBytes ?? 0)} bytes.` : '';
};

interface MessageProps {
  readonly title: 'Request' | 'Reply';
  /** The first line: method and target, or the status. */
  readonly line: string;
  readonly message: Part;
}

/** Headers and body of a request or its reply, with secrets masked. JSON has one member a line. */
export const Message = ({ title, line, message }: MessageProps) => {
  const { headers, body = '' } = message;
  const noun = title.toLowerCase();
  return (
    <Section title={title} plain>
      <div className={styles.message}>
        <CodeBlock
          label={`${noun} headers`}
          text={[line, ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\n')}
          wrap
        />
        {body === '' ? (
          <p className={styles.muted}>No body.</p>
        ) : (
          <CodeBlock label={`${noun} body`} text={prettyJson(body)} getText={() => body} wrap />
        )}
        {message.truncated && <p className={styles.muted}>{sizeOf(message)}</p>}
      </div>
    </Section>
  );
};
