import { countOf, formatCount } from '../facts/count.ts';
import { Banner } from '../feedback/Banner.tsx';
import styles from './FilesPreview.module.css';

type Files = readonly { readonly name: string; readonly text: string }[];

const previewedLines = 40;

/** The start of a file. */
const startOf = (text: string): string => {
  const lines = text.split('\n');
  return lines.length > previewedLines ? `${lines.slice(0, previewedLines).join('\n')}\n…` : text;
};

const namedFiles = 6;

const namesOf = (files: Files): string => {
  const names = files.slice(0, namedFiles).map(({ name }) => name);
  const more = files.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${formatCount(more)} more` : names.join(', ');
};

/** The modes of the secrets in an export. */
export const secretSegments = [
  { value: 'env', label: 'Variables' },
  { value: 'placeholder', label: 'Placeholders' },
  { value: 'real', label: 'Real' },
] as const;

interface FilesPreviewProps {
  /** Without real secrets. The first one is shown. */
  readonly files: Files;
  readonly notes: readonly string[];
  /** How many tokens are stored as hashes only. */
  readonly notKept: number;
  /** Whether the saved files hold real secrets. */
  readonly isReal: boolean;
}

/** The start of the main file of an export, and facts about all files. */
export const FilesPreview = ({ files, notes, notKept, isReal }: FilesPreviewProps) => (
  <>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard */}
    <section className={styles.preview} tabIndex={0} aria-label="Preview, without the secrets">
      <pre>{startOf(files[0]?.text ?? '')}</pre>
    </section>
    {files.length > 1 && (
      <p className={styles.files}>
        {countOf(files.length, 'file')}: {namesOf(files)}
      </p>
    )}
    {notes.map((note) => (
      <p key={note}>{note}</p>
    ))}
    {notKept > 0 && isReal && (
      <Banner>Only hashes of {countOf(notKept, 'token')} are stored, so placeholders replace their values.</Banner>
    )}
    {isReal && (
      <Banner tone="warn">
        The export holds real secrets, and the preview shows placeholders instead. Anyone who can read the files, or the
        clipboard, can use the secrets.
      </Banner>
    )}
  </>
);
