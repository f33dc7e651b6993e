import {
  ArrowLeftRight,
  ArrowRight,
  Ban,
  Contrast,
  Copy,
  CornerDownLeft,
  Funnel,
  Keyboard,
  Lock,
  type LucideIcon,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  Pencil,
  Play,
  Plus,
  Presentation,
  Share2,
  ShieldCheck,
  Square,
  Sun,
} from 'lucide-react';
import { useKeyfob, useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useEndpointSwitch } from '../../store/hooks/topics/useEndpointSwitch.ts';
import { useGo, useKeymap, useRoute } from '../../store/hooks/window/window.ts';
import { runShortcut } from '../../store/runShortcut.ts';
import { type Theme, themes } from '../../store/window/appearance.ts';
import type { CommandName } from '../../store/window/keys/commands.ts';
import { shownKeys } from '../../store/window/keys/keyPress.ts';
import { commandNames, type ShortcutName, shortcuts } from '../../store/window/keys/shortcuts.ts';
import { hasContext, type Screen } from '../../store/window/route.ts';
import type { PaletteEntry, PaletteGroup } from './entry.ts';
import { useClockActions } from './useClockActions.ts';
import { useCreateActions } from './useCreateActions.ts';
import { useFaultActions } from './useFaultActions.ts';

const commandIcons: Readonly<Record<CommandName, LucideIcon>> = {
  main: CornerDownLeft,
  new: Plus,
  edit: Pencil,
  filter: Funnel,
  copyToken: Copy,
  revoke: Ban,
  keyType: ArrowLeftRight,
  run: Play,
  verify: ShieldCheck,
};

const themeLooks: Readonly<Record<Theme, { readonly icon: LucideIcon; readonly label: string }>> = {
  system: { icon: Monitor, label: 'Theme: same as system' },
  light: { icon: Sun, label: 'Theme: light' },
  dark: { icon: Moon, label: 'Theme: dark' },
  contrast: { icon: Contrast, label: 'Theme: high contrast' },
};

/** The actions of the current screen, the same as its shortcuts. */
function useScreenActions(keysOf: (name: ShortcutName) => string): readonly PaletteEntry[] {
  const { registered, run } = useKeyfobState((state) => state.commands);
  return commandNames.flatMap((name) => {
    const command = registered[name].at(-1);
    if (command === undefined) return [];
    const { label } = command;
    const icon = commandIcons[name];
    return [{ id: `screen ${name}`, label, icon, keys: keysOf(name), run: () => void run(name) }];
  });
}

function useEndpointAction(): PaletteEntry {
  const { start, stop } = useEndpointSwitch();
  const running = useRead('endpoint.status', {}).value?.running === true;
  return {
    id: 'do endpoint',
    label: running ? 'Stop the endpoint' : 'Start the endpoint',
    icon: running ? Square : Play,
    run: () => void (running ? stop() : start()),
  };
}

/** Commands and screens that are available everywhere, with their shortcuts. */
export function useActions(titles: Readonly<Record<Screen, string>>): readonly PaletteGroup[] {
  const keyfob = useKeyfob();
  const go = useGo();
  const { screen: shown } = useRoute();
  const choose = useKeyfobState((state) => state.appearance.choose);
  const endpoint = useEndpointAction();
  const faults = useFaultActions();
  const clock = useClockActions();
  const create = useCreateActions();
  const { keymap } = useKeymap();
  const keysOf = (name: ShortcutName): string => shownKeys(keymap[name][0] ?? '');
  const bound = (id: string, name: ShortcutName, icon: LucideIcon): PaletteEntry => ({
    id: `do ${id}`,
    label: shortcuts[name].label,
    icon,
    keys: keysOf(name),
    run: () => runShortcut(name, keyfob),
  });
  const share: PaletteEntry = {
    id: 'do share',
    label: 'Share this call…',
    icon: Share2,
    keywords: ['send', 'hand over', 'export', 'command', 'curl'],
    run() {
      const { layout, snippets } = keyfob.store.getState();
      layout.openSnippetPane();
      snippets.share();
    },
  };
  const screens = (Object.keys(titles) as Screen[]).map(
    (screen): PaletteEntry => ({
      id: `go ${screen}`,
      label: titles[screen],
      icon: ArrowRight,
      keys: keysOf(screen),
      run: () => go({ screen }),
    }),
  );
  return [
    { heading: 'On this screen', entries: useScreenActions(keysOf) },
    { heading: 'Go to', entries: screens },
    create,
    {
      heading: 'Do',
      entries: [
        endpoint,
        bound('lock', 'lock', Lock),
        bound('sidebar', 'sidebar', PanelLeft),
        ...(hasContext(shown) ? [bound('snippets', 'snippetPane', PanelRight), share] : []),
        bound('present', 'present', Presentation),
        bound('shortcuts', 'shortcuts', Keyboard),
        ...themes.map((theme) => ({ id: `theme ${theme}`, ...themeLooks[theme], run: () => choose(theme) })),
      ],
    },
    clock,
    faults,
  ];
}
