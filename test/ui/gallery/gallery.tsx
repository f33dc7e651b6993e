import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../../renderer/theme/tokens.css';
import '../../../renderer/theme/base.css';
import { PageHeader } from '../../../renderer/ui/layout/PageHeader.tsx';
import { announceNonce } from '../../../renderer/ui/nonce.ts';
import { TooltipProvider } from '../../../renderer/ui/overlays/Tooltip.tsx';
import { Actions } from './Actions.tsx';
import { Choices } from './Choices.tsx';
import styles from './gallery.module.css';
import { Inputs } from './Inputs.tsx';
import { News } from './News.tsx';
import { Overlays } from './Overlays.tsx';
import { Secrets } from './Secrets.tsx';
import { Table } from './Table.tsx';

/** `#dark` shows the dark theme, `#contrast/Table` only one part. */
const [theme, only] = location.hash.slice(1).split('/');
if (theme !== undefined && theme !== '') document.documentElement.dataset.theme = theme;
announceNonce();

const parts = { Actions, Inputs, Choices, Secrets, News, Overlays, Table };
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <TooltipProvider>
        <main className={styles.page}>
          <PageHeader title="Components" description="Every component of the window in its states." />
          {Object.entries(parts).map(([name, Part]) => (only === undefined || only === name) && <Part key={name} />)}
        </main>
      </TooltipProvider>
    </StrictMode>,
  );
}
