import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { Badge } from '../../../ui/facts/Badge.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { DefinitionList } from '../../../ui/layout/DefinitionList.tsx';
import { backendWords, nameOf } from '../words.ts';
import styles from './openApi.module.css';

type Imported = OutputOf<MethodOf<'apis.importOpenApi'>>;

/** The API that a document gives, and its ignored parts. */
export const ImportPreview = ({ found }: { readonly found: Imported }) => {
  const { api, created, scopes, notes } = found;
  return (
    <div className={styles.preview}>
      {!created && (
        <Banner tone="warn" title={`${nameOf(api)} exists already.`}>
          Its resources and settings are replaced. Its subscriptions stay.
        </Banner>
      )}
      <DefinitionList
        items={[
          { term: 'API', value: nameOf(api) },
          { term: 'URL', value: <code>{api.url}</code> },
          { term: 'Production', value: backendWords(api.productionBackend) },
          { term: 'Sandbox', value: backendWords(api.sandboxBackend) },
          {
            term: 'New scopes',
            value:
              scopes.length === 0 ? (
                <span className={styles.muted}>none</span>
              ) : (
                <span className={styles.scopes}>
                  {scopes.map((scope) => (
                    <Badge key={scope} mono>
                      {scope}
                    </Badge>
                  ))}
                </span>
              ),
          },
        ]}
      />
      <section>
        <h3>{countOf(api.resources.length, 'resource')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <ul tabIndex={0} className={styles.resources} aria-label="Resources">
          {api.resources.map(({ verb, template }) => (
            <li key={`${verb} ${template}`}>
              <code>
                {verb} {template}
              </code>
            </li>
          ))}
        </ul>
      </section>
      {notes.length > 0 && (
        <Banner
          title={`${countOf(notes.length, 'part')} of the document ${notes.length === 1 ? 'is' : 'are'} read differently or ignored.`}
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
};
