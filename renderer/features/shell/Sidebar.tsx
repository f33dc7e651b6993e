import {
  AppWindow,
  KeyRound,
  type LucideIcon,
  Search,
  Server,
  Settings,
  ShieldCheck,
  Smartphone,
  Ticket,
  Users,
} from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { hrefOf, type Route, type Screen, useRoute } from '../../store/route.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './Sidebar.module.css';

const icons: Readonly<Record<Screen, LucideIcon>> = {
  applications: AppWindow,
  devices: Smartphone,
  tokens: Ticket,
  users: Users,
  scopes: ShieldCheck,
  endpoint: Server,
  settings: Settings,
};

const upper = ['applications', 'devices', 'tokens', 'users', 'scopes', 'endpoint'] as const;

const Entry = ({ screen, title, current }: { screen: Screen; title: string; current: boolean }) => {
  const Icon = icons[screen];
  const route: Route = { screen };
  return (
    <Tooltip content={title} side="right">
      <a href={hrefOf(route)} className={styles.entry} aria-current={current ? 'page' : undefined}>
        <Icon aria-hidden size={16} />
        <span className={styles.label}>{title}</span>
      </a>
    </Tooltip>
  );
};

/** Where one can go. Only signs where the window is narrow. */
export const Sidebar = ({ titles }: { readonly titles: Readonly<Record<Screen, string>> }) => {
  const current = useRoute().screen;
  const openOverlay = useKeyfobState((state) => state.layout.openOverlay);
  const entry = (screen: Screen) => (
    <li key={screen}>
      <Entry screen={screen} title={titles[screen]} current={screen === current} />
    </li>
  );
  return (
    <nav className={styles.root} aria-label="Screens">
      <div className={styles.brand}>
        <span className={styles.sign}>
          <KeyRound aria-hidden size={15} />
        </span>
        <span className={styles.label}>Keyfob</span>
      </div>
      <button type="button" className={styles.search} onClick={() => openOverlay('palette')}>
        <Search aria-hidden size={15} />
        <span className={styles.label}>Find or do…</span>
        <span className={styles.keys} aria-hidden>
          <Kbd keys="Mod+K" />
        </span>
      </button>
      <ul className={styles.list}>{upper.map(entry)}</ul>
      <ul className={styles.lower}>{entry('settings')}</ul>
    </nav>
  );
};
