import { Lock } from 'lucide-react';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Badge } from '../../ui/facts/Badge.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import styles from './scopes.module.css';

const builtIn = [
  {
    name: 'device_…',
    meaning: 'One per device, so that each has its own token. Granted to everyone.',
  },
  {
    name: 'openid',
    meaning: 'Requests an ID token with a user token, and opens /userinfo. Application tokens get it by a setting.',
  },
  { name: 'profile, email, phone, address', meaning: "Give the user's claims, next to openid." },
  { name: 'default', meaning: 'A token gets it when none of its requested scopes is granted.' },
  { name: 'am_application_scope', meaning: 'In every application token, and only there.' },
];

/** The built-in scopes, and the setting that lets others pass without a definition. */
export const BuiltInScopes = () => {
  const settings = useRead('settings.read', {}).value;
  const patterns = settings?.allowedScopePatterns ?? [];
  return (
    <Section
      title="Built in"
      description={
        <>
          {settings?.scopePolicy === 'echo'
            ? 'Undefined scopes are granted too, by the setting for unknown scopes. '
            : 'Undefined scopes are dropped. '}
          <a href={hrefOf({ screen: 'settings', section: 'rules' })}>
            {patterns.length === 0 ? 'Allow more patterns…' : 'Change the scopes allowed without definition'}
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
            <span>Allowed in settings: every scope that fully matches this regular expression.</span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
