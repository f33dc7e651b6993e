import { Lock } from 'lucide-react';
import { useRead } from '../../store/hooks/useRead.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './scopes.module.css';

const builtIn = [
  {
    name: 'device_…',
    meaning: 'One per device, so that each has its own token. Granted to everyone.',
  },
  { name: 'openid', meaning: 'Asks for an ID token. None is issued yet, so it is dropped.' },
  { name: 'default', meaning: 'What a token has when none of the scopes asked for is given.' },
  { name: 'am_application_scope', meaning: 'In every application token, and in no other.' },
];

/** The scopes that are there without a definition, and what lets others pass without one. */
export const BuiltInScopes = () => {
  const settings = useRead('settings.read', {}).value;
  const patterns = settings?.allowedScopePatterns ?? [];
  return (
    <Section
      title="Built in"
      description={
        <>
          {settings?.scopePolicy === 'echo'
            ? 'Scopes that nobody defined are given as well, by the setting for unknown scopes. '
            : 'Undefined scopes are dropped. '}
          <a href={hrefOf({ screen: 'settings', section: 'rules' })}>
            {patterns.length === 0 ? 'Allow more patterns…' : 'Change what passes without definition'}
          </a>
        </>
      }
      plain
    >
      <ul className={styles.builtIn}>
        {builtIn.map(({ name, meaning }) => (
          <li key={name}>
            <span className={styles.builtInName}>
              <Lock aria-hidden size={12} />
              <code>{name}</code>
            </span>
            <span>{meaning}</span>
          </li>
        ))}
        {patterns.map((pattern) => (
          <li key={pattern}>
            <span className={styles.builtInName}>
              <Badge mono>{pattern}</Badge>
            </span>
            <span>Allowed by the settings: every scope that this regular expression matches as a whole.</span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
