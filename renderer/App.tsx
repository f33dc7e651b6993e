import { type ReactNode, Suspense, useCallback, useEffect } from 'react';
import { ErrorBoundary } from './features/shell/fallbacks/ErrorBoundary.tsx';
import { NoSession } from './features/shell/fallbacks/NoSession.tsx';
import { Splash } from './features/shell/fallbacks/Splash.tsx';
import { Shell } from './features/shell/Shell.tsx';
import { ClipboardFooter } from './features/shell/status/ClipboardChip.tsx';
import { Toaster } from './features/shell/Toaster.tsx';
import { useShortcuts } from './features/shell/useShortcuts.ts';
import {
  ContextBar,
  FirstStartScreen,
  loadAhead,
  NativeMenu,
  Palette,
  QrDialog,
  ShortcutSheet,
  ShownOnce,
  SnippetPane,
  screens,
  UnlockScreen,
} from './routes.ts';
import { type Keyfob, KeyfobContext, useKeyfob, useKeyfobState } from './store/context.ts';
import { useRead } from './store/hooks/calls/useRead.ts';
import { useRoute } from './store/hooks/window/window.ts';
import { hasContext, type Screen } from './store/window/route.ts';
import { TooltipProvider } from './ui/overlays/Tooltip.tsx';
import { ClipboardContext } from './ui/secrets/clipboard.ts';

const titles = Object.fromEntries(Object.entries(screens).map(([screen, { title }]) => [screen, title])) as Readonly<
  Record<Screen, string>
>;

/** The screens, with the layers above them. */
const OpenVault = () => {
  const { screen } = useRoute();
  const { overlay, openOverlay } = useKeyfobState((state) => state.layout);
  const { Component, title } = screens[screen];
  const { can } = useKeyfob().host;
  const isShownOnce = useKeyfobState((state) => state.shownOnce.tokens.length > 0);
  const isQr = useKeyfobState((state) => state.qr.token !== undefined);
  const close = useCallback(() => openOverlay(undefined), [openOverlay]);
  useShortcuts();
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      // A part that can't be fetched now is fetched again, or reported, when it is shown.
      loadAhead().catch(() => undefined);
    });
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <>
      <Shell
        title={title}
        titles={titles}
        context={hasContext(screen) && <ContextBar />}
        pane={hasContext(screen) ? <SnippetPane /> : undefined}
        above={isShownOnce && <ShownOnce />}
      >
        <Component />
      </Shell>
      <Suspense>
        {can.nativeMenu && <NativeMenu titles={titles} />}
        {overlay === 'palette' && <Palette titles={titles} onClose={close} />}
        {isQr && <QrDialog />}
        {overlay === 'shortcuts' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </>
  );
};

/** Chooses the view by the vault's state. */
const Gate = () => {
  const ended = useKeyfobState((state) => state.connection.state === 'ended');
  const { step, goTo } = useKeyfobState((state) => state.firstStart);
  const { value: status, error } = useRead('vault.status', {});
  const none = status?.state === 'none';
  useEffect(() => {
    if (none) goTo('protect');
  }, [none, goTo]);
  if (ended) return <NoSession why="ended" />;
  if (status === undefined) return <Splash error={error} />;
  // Stay in the first start after its first step has opened the vault.
  const isFirst = none || (step !== 'done' && status.state === 'unlocked');
  if (!isFirst && status.state === 'unlocked') return <OpenVault />;
  return (
    <>
      {isFirst ? <FirstStartScreen /> : <UnlockScreen />}
      <ClipboardFooter />
    </>
  );
};

const Clipboard = ({ children }: { readonly children: ReactNode }) => {
  const put = useKeyfobState((state) => state.clipboard.put);
  return <ClipboardContext value={put}>{children}</ClipboardContext>;
};

/** The whole window on one store. */
export const App = ({ keyfob }: { readonly keyfob: Keyfob }) => (
  <KeyfobContext value={keyfob}>
    <TooltipProvider>
      <Clipboard>
        <ErrorBoundary>
          <Suspense fallback={<Splash error={undefined} />}>
            <Gate />
          </Suspense>
        </ErrorBoundary>
        <Toaster />
      </Clipboard>
    </TooltipProvider>
  </KeyfobContext>
);
