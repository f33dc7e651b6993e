import {
  Activity,
  AppWindow,
  type LucideIcon,
  PanelLeft,
  Search,
  Server,
  Settings,
  ShieldCheck,
  Smartphone,
  Ticket,
  Users,
  Waypoints,
} from 'lucide-react';
import { useId } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useKeysOf, useRoute } from '../../store/hooks/window/window.ts';
import { screenNames } from '../../store/window/keys/shortcuts.ts';
import { hrefOf, type Route, type Screen } from '../../store/window/route.ts';
import { Kbd } from '../../ui/buttons/Kbd.tsx';
import { countOf } from '../../ui/facts/count.ts';
import { Brand } from '../../ui/layout/Brand.tsx';
import { Tooltip } from '../../ui/overlays/Tooltip.tsx';
import styles from './Sidebar.module.css';

const icons: Readonly<Record<Screen, LucideIcon>> = {
  applications: AppWindow,
  devices: Smartphone,
  tokens: Ticket,
  users: Users,
  scopes: ShieldCheck,
  endpoint: Server,
  apis: Waypoints,
  requests: Activity,
  settings: Settings,
};

const Entry = ({ screen, title, current }: { screen: Screen; title: string; current: boolean }) => {
  const Icon = icons[screen];
  const route: Route = { screen };
  const { aria } = useKeysOf(screen);
  const refusals = useKeyfobState((state) => (screen === 'requests' ? state.refusals.unseen : 0));
  const describedBy = useId();
  return (
    <Tooltip content={title} side="right">
      <a
        href={hrefOf(route)}
        className={styles.entry}
        aria-current={current ? 'page' : undefined}
        aria-keyshortcuts={aria}
        aria-describedby={refusals > 0 ? describedBy : undefined}
      >
        <Icon aria-hidden size={16} />
        <span className={styles.label}>{title}</span>
        {refusals > 0 && (
          <span aria-hidden className={styles.badge} title={`${countOf(refusals, 'refusal')} not seen yet`}>
            {refusals > 99 ? '99+' : refusals}
          </span>
        )}
        {refusals > 0 && (
          <span hidden id={describedBy}>
            {countOf(refusals, 'refusal')} not seen yet
          </span>
        )}
      </a>
    </Tooltip>
  );
};

/** Links to the screens. Collapsed to icons, which is the start in a narrow window. */
export const Sidebar = ({ titles }: { readonly titles: Readonly<Record<Screen, string>> }) => {
  const current = useRoute().screen;
  const { openOverlay, sidebarFolded, toggleSidebar } = useKeyfobState((state) => state.layout);
  const entry = (screen: Screen) => (
    <li key={screen}>
      <Entry screen={screen} title={titles[screen]} current={screen === current} />
    </li>
  );
  const palette = useKeysOf('palette');
  const fold = useKeysOf('sidebar');
  const foldLabel = sidebarFolded ? 'Expand the side bar' : 'Collapse the side bar';
  return (
    <nav className={styles.root} aria-label="Screens" data-folded={sidebarFolded || undefined}>
      <div className={styles.brand}>
        <Brand nameClass={styles.label} />
      </div>
      <button
        type="button"
        className={styles.search}
        aria-keyshortcuts={palette.aria}
        onClick={() => openOverlay('palette')}
      >
        <Search aria-hidden size={15} />
        <span className={styles.label}>Search…</span>
        <span className={styles.keys} aria-hidden>
          <Kbd keys={palette.shown} />
        </span>
      </button>
      <ul className={styles.list}>{screenNames.map(entry)}</ul>
      <ul className={styles.lower}>
        {entry('settings')}
        <li>
          <Tooltip
            side="right"
            content={
              <>
                {foldLabel} <Kbd keys={fold.shown} />
              </>
            }
          >
            <button
              type="button"
              className={styles.entry}
              aria-label={foldLabel}
              aria-keyshortcuts={fold.aria}
              onClick={toggleSidebar}
            >
              <PanelLeft aria-hidden size={16} />
              <span className={styles.label}>{sidebarFolded ? 'Expand' : 'Collapse'}</span>
            </button>
          </Tooltip>
        </li>
      </ul>
    </nav>
  );
};
