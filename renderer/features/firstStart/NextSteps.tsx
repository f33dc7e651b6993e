import { type LucideIcon, Smartphone, Ticket, Users } from 'lucide-react';
import { hrefOf, type Route } from '../../store/window/route.ts';
import styles from './NextSteps.module.css';

const next: readonly {
  readonly route: Route;
  readonly title: string;
  readonly what: string;
  readonly icon: LucideIcon;
}[] = [
  {
    route: { screen: 'devices' },
    title: 'Device tokens',
    what: 'One token per device, revoked one by one',
    icon: Smartphone,
  },
  { route: { screen: 'tokens' }, title: 'Tokens', what: 'All tokens, their state and why', icon: Ticket },
  { route: { screen: 'users' }, title: 'Users', what: 'Accounts that can get user tokens', icon: Users },
];

/** Links to three screens. */
export const NextSteps = ({ onPick }: { readonly onPick: (route: Route) => void }) => (
  <nav aria-label="What to do next">
    <ul className={styles.list}>
      {next.map(({ route, title, what, icon: Icon }) => (
        <li key={route.screen}>
          <a
            className={styles.link}
            href={hrefOf(route)}
            onClick={(event) => {
              event.preventDefault();
              onPick(route);
            }}
          >
            <Icon aria-hidden size={16} />
            <span className={styles.words}>
              <span className={styles.title}>{title}</span>
              <span className={styles.what}>{what}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
