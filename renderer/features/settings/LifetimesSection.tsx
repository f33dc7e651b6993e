import { Section } from '../../ui/layout/Section.tsx';
import { DurationSetting } from './controls/DurationSetting.tsx';
import styles from './settings.module.css';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const tokens = [5 * minute, 15 * minute, hour, day, 30 * day];

/** Default token lifetimes. */
export const LifetimesSection = () => (
  <Section title="Lifetimes" description="Defaults for new keys. Change existing keys on the application's page.">
    <div className={styles.settings}>
      <DurationSetting name="applicationTokenValiditySeconds" presets={tokens} />
      <DurationSetting name="userTokenValiditySeconds" presets={tokens} />
      <DurationSetting name="refreshTokenValiditySeconds" presets={[hour, day, 7 * day, 30 * day, 365 * day]} />
    </div>
  </Section>
);
