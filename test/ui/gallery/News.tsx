import { MonitorSmartphone, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../renderer/ui/buttons/Button.tsx';
import { Banner } from '../../../renderer/ui/feedback/Banner.tsx';
import { EmptyState } from '../../../renderer/ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../../renderer/ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../renderer/ui/feedback/Progress.tsx';
import { Skeleton } from '../../../renderer/ui/feedback/Skeleton.tsx';
import { type ToastContent, Toasts } from '../../../renderer/ui/feedback/Toasts.tsx';
import { Section } from '../../../renderer/ui/layout/Section.tsx';
import styles from './gallery.module.css';

const first: ToastContent = {
  id: 0,
  tone: 'good',
  title: 'Application Shop deleted',
  detail: 'Its 3 tokens stopped working.',
  durationMs: 60_000,
  countdown: true,
  action: { label: 'Undo', alternative: 'Create the application again', run: () => undefined },
};

export const News = () => {
  const [toasts, setToasts] = useState<readonly ToastContent[]>([]);
  return (
    <Section title="News">
      <div className={styles.stack}>
        <Banner tone="info">The endpoint listens on https://localhost:8243.</Banner>
        <Banner tone="warn" title="The clock is moved by 1 h." actions={<Button size="small">Reset</Button>}>
          Lifetimes count from there.
        </Banner>
        <Banner tone="danger" title="Port 8243 is taken" actions={<Button size="small">Use 8244</Button>} />
        <Banner tone="good" onDismiss={() => undefined}>
          The recovery key is confirmed.
        </Banner>
        <ErrorNote
          title="The token was not issued."
          details="invalid_grant: authentication failed for ann"
          actions={<Button size="small">Try again</Button>}
        >
          The password of ann is wrong. Set a new one under Users.
        </ErrorNote>
        <Progress label="Minting 1000 device tokens" value={420} max={1000} onCancel={() => undefined} />
        <Progress label="Opening the vault" />
        <Skeleton label="Loading the applications" />
        <div className={styles.row}>
          <Button onClick={() => setToasts([...toasts, { ...first, id: toasts.length }])}>Show a toast</Button>
        </div>
        <EmptyState
          icon={MonitorSmartphone}
          title="No device tokens yet"
          action={
            <Button look="primary" icon={Plus}>
              Mint device tokens
            </Button>
          }
          secondary={<Button look="ghost">Use a sample</Button>}
        >
          One token per device: revoking one leaves the others alive.
        </EmptyState>
      </div>
      <Toasts toasts={toasts} onClose={(id) => setToasts((all) => all.filter((toast) => toast.id !== id))} />
    </Section>
  );
};
