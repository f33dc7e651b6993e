import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { DescribedChanges } from '../../../ui/tables/DescribedChanges.tsx';
import styles from './import.module.css';

type Imported = OutputOf<MethodOf<'imports.application'>>;

/** What an import changes, and what it leaves out. */
export const ImportPreview = ({ found: { changes, notes, unchanged } }: { readonly found: Imported }) => (
  <div className={styles.preview}>
    <DescribedChanges changes={changes} unchanged={unchanged} />
    {notes.length > 0 && (
      <Banner
        title={`${countOf(notes.length, 'part')} of the file ${notes.length === 1 ? 'is' : 'are'} read differently or left out.`}
      >
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Banner>
    )}
  </div>
);
