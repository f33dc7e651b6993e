import {
  Archive,
  Clock,
  Info,
  Keyboard,
  LockKeyhole,
  type LucideIcon,
  Palette,
  Scale,
  Timer,
  Waypoints,
} from 'lucide-react';
import { type ComponentType, useRef } from 'react';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import { hrefOf } from '../../store/window/route.ts';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { AboutSection } from './about/AboutSection.tsx';
import { BackupSection } from './backup/BackupSection.tsx';
import { ClockSection } from './ClockSection.tsx';
import { DurationSetting } from './controls/DurationSetting.tsx';
import { GatewaySection } from './GatewaySection.tsx';
import { RulesSection } from './RulesSection.tsx';
import { SettingsContext, useSave } from './saving.ts';
import styles from './settings.module.css';
import { ShortcutsSection } from './shortcuts/ShortcutsSection.tsx';
import { VaultSection } from './vault/VaultSection.tsx';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const tokens = [5 * minute, 15 * minute, hour, day, 30 * day];

/** Default token lifetimes. */
const LifetimesSection = () => (
  <Section title="Lifetimes" description="Defaults for new keys. Change existing keys on the application's page.">
    <div className={styles.settings}>
      <DurationSetting name="applicationTokenValiditySeconds" presets={tokens} />
      <DurationSetting name="userTokenValiditySeconds" presets={tokens} />
      <DurationSetting name="refreshTokenValiditySeconds" presets={[hour, day, 7 * day, 30 * day, 365 * day]} />
    </div>
  </Section>
);

interface SettingsSection {
  readonly section: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
}

const lifetimes: SettingsSection = {
  section: 'lifetimes',
  title: 'Lifetimes',
  icon: Timer,
  Component: LifetimesSection,
};
const sections: readonly SettingsSection[] = [
  lifetimes,
  { section: 'rules', title: 'Token rules', icon: Scale, Component: RulesSection },
  { section: 'gateway', title: 'Gateway', icon: Waypoints, Component: GatewaySection },
  { section: 'clock', title: 'Clock', icon: Clock, Component: ClockSection },
  { section: 'vault', title: 'Vault', icon: LockKeyhole, Component: VaultSection },
  { section: 'backup', title: 'Backup', icon: Archive, Component: BackupSection },
  { section: 'appearance', title: 'Appearance', icon: Palette, Component: AppearanceSection },
  { section: 'shortcuts', title: 'Shortcuts', icon: Keyboard, Component: ShortcutsSection },
  { section: 'about', title: 'About', icon: Info, Component: AboutSection },
];

/** Settings by section. Each change is saved at once and can be undone. */
export const SettingsScreen = () => {
  const route = useRoute();
  const named = route.screen === 'settings' ? route.section : undefined;
  const { section, Component } = sections.find((candidate) => candidate.section === named) ?? lifetimes;
  const { value, error } = useRead('settings.read', {});
  const save = useSave();
  // A vault change resets the store. Open dialogs must survive that.
  const last = useRef(value);
  last.current = value ?? last.current;
  const saved = last.current;
  return (
    <div className={styles.page}>
      <PageHeader title="Settings" description="Saved as you change them." />
      <div className={styles.columns}>
        <nav aria-label="Settings" className={styles.nav}>
          <ul>
            {sections.map(({ icon: Icon, ...entry }) => (
              <li key={entry.section}>
                <a
                  href={hrefOf({ screen: 'settings', section: entry.section })}
                  aria-current={entry.section === section ? 'page' : undefined}
                >
                  <Icon aria-hidden size={15} />
                  {entry.title}
                </a>
              </li>
            ))}
          </ul>
          <p className={styles.else}>
            Ports, names and the certificate are on the <a href={hrefOf({ screen: 'endpoint' })}>Endpoint</a> screen.
          </p>
        </nav>
        <div className={styles.sections}>
          {error !== undefined && saved === undefined && (
            <ErrorNote title="The settings could not be read.">{error.message}</ErrorNote>
          )}
          {saved === undefined && error === undefined && <Skeleton lines={5} label="Loading the settings" />}
          {saved !== undefined && (
            <SettingsContext value={{ saved, save }}>
              <Component key={section} />
            </SettingsContext>
          )}
        </div>
      </div>
    </div>
  );
};
