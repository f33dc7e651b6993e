import { countOf, formatCount } from '../facts/count.ts';
import styles from './FilesPreview.module.css';
import type { TextFile } from './saveFiles.ts';

const namedFiles = 6;
const previewedLines = 40;

const namesOf = (files: readonly TextFile[]): string => {
  const names = files.slice(0, namedFiles).map(({ name }) => name);
  const more = files.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${formatCount(more)} more` : names.join(', ');
};

const startOf = (text: string): string => {
  const lines = text.split('\n');
  return lines.length > previewedLines ? `${lines.slice(0, previewedLines).join('\n')}\n…` : text;
};

/** The start of the first file, and the names of all. */
export const FilesPreview = ({ files }: { readonly files: readonly TextFile[] }) => (
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
  </>
);
