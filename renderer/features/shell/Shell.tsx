import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useRoute } from '../../store/hooks/window/window.ts';
import type { Screen } from '../../store/window/route.ts';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Banners } from './Banners.tsx';
import { ErrorBoundary } from './fallbacks/ErrorBoundary.tsx';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { SidePane } from './SidePane.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { Today } from './Today.tsx';
import { useKeepFocus } from './useKeepFocus.ts';

interface ShellProps {
  readonly title: string;
  readonly titles: Readonly<Record<Screen, string>>;
  /** The context bar, above screen and snippets. */
  readonly context: ReactNode;
  /** The snippets next to the screen, or over its edge. `undefined` on a screen without them. */
  readonly pane: ReactNode;
  /** Shown on every screen. */
  readonly above: ReactNode;
  readonly children: ReactNode;
}

/** The frame around every screen: navigation, status and the snippet pane. */
export const Shell = ({ title, titles, context, pane, above, children }: ShellProps) => {
  const { screen } = useRoute();
  const paneOpen = useKeyfobState((state) => state.layout.snippetPane);
  const main = useRef<HTMLElement>(null);
  const shownBefore = useRef(screen);
  useKeepFocus(main);

  useEffect(() => {
    document.title = `${title} · Keyfob`;
    if (shownBefore.current === screen) return;
    shownBefore.current = screen;
    // Reading and tabbing start at the new screen, not at the link that led there.
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [screen, title]);

  return (
    <div className={styles.root}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the screen
      </button>
      <Sidebar titles={titles} />
      <div className={styles.context}>
        <Suspense>{context}</Suspense>
      </div>
      <div className={styles.middle}>
        <Banners />
        <Today />
        <Suspense>{above}</Suspense>
        <main ref={main} tabIndex={-1} className={styles.main} aria-label={title}>
          <ErrorBoundary key={screen}>
            <Suspense fallback={<Skeleton lines={4} label={`Loading ${title}`} />}>{children}</Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {paneOpen && pane !== undefined && <SidePane>{pane}</SidePane>}
      <StatusBar />
    </div>
  );
};
