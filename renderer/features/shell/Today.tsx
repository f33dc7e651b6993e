import { CalendarClock } from 'lucide-react';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import type { Absence } from '../../store/topics/today.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { countOf } from '../../ui/facts/count.ts';
import { formatInstant } from '../../ui/facts/instant.ts';
import { Banner } from '../../ui/feedback/Banner.tsx';
import styles from './Banners.module.css';

const News = ({ sinceMs, untilMs }: Absence) => {
  const dismiss = useKeyfobState((state) => state.today.dismiss);
  const go = useGo();
  const { value } = useRead('today.read', { sinceMs, untilMs });
  if (value === undefined) return null;
  const { expired, expiredSinceMs, refused, recoveryKey } = value;
  const news = [
    expired > 0 && {
      words: `${countOf(expired, 'token')} expired`,
      label: 'Show expired tokens',
      run: () => go({ screen: 'tokens', filter: { expiredSinceMs: String(expiredSinceMs) } }),
    },
    refused > 0 && {
      words: `${countOf(refused, 'call')} refused`,
      label: 'Show refusals',
      run: () => go({ screen: 'requests', filter: { outcome: 'refused' } }),
    },
    recoveryKey === 'unconfirmed' && {
      words: 'recovery key not confirmed',
      label: 'Confirm recovery key',
      run: () => go({ screen: 'settings', section: 'vault' }),
    },
  ].filter((one) => one !== false);
  if (news.length === 0) return null;
  return (
    <div className={styles.root}>
      <Banner
        icon={CalendarClock}
        title={`Since ${formatInstant(sinceMs)}: ${news.map(({ words }) => words).join(', ')}.`}
        actions={news.map(({ label, run }) => (
          <Button key={label} size="small" onClick={run}>
            {label}
          </Button>
        ))}
        onDismiss={dismiss}
      />
    </div>
  );
};

/** What happened while nobody looked, each with its action. Nothing when nothing happened. */
export const Today = () => {
  const absence = useKeyfobState((state) => state.today.absence);
  return absence === undefined ? null : <News {...absence} />;
};
