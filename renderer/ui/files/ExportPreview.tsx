import { countOf } from '../facts/count.ts';
import { Banner } from '../feedback/Banner.tsx';
import styles from './FilesPreview.module.css';
import { FilesPreview } from './FilesPreview.tsx';
import type { TextFile } from './saveFiles.ts';

interface ExportPreviewProps {
  /** Without real secrets. The first one is shown. */
  readonly files: readonly TextFile[];
  readonly notes: readonly string[];
  /** How many tokens are stored as hashes only. */
  readonly notKept: number;
  /** Whether the saved files hold real secrets. */
  readonly isReal: boolean;
}

/** The start of the main file of an export, and facts about all files. */
export const ExportPreview = ({ files, notes, notKept, isReal }: ExportPreviewProps) => (
  <>
    <FilesPreview files={files} />
    {notes.length > 0 && (
      <div className={styles.notes}>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    )}
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
