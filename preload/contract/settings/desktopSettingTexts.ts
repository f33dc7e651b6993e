import type { SettingText } from './settingText.ts';

/** The texts of the settings of the desktop window, its lock and its tray. */
export const desktopSettingTexts = {
  lockAfterIdleMinutes: {
    title: 'Lock when idle',
    summary: 'minutes without window use or requests before the vault locks',
    explanation:
      'Minutes without keyboard, mouse or endpoint activity, in all windows, after which the vault locks. Sleep counts too.',
  },
  lockWithScreen: {
    title: 'Lock with the screen',
    summary: 'lock the vault when the screen locks or the machine sleeps, after a window was used',
    explanation:
      'What happens when the screen locks or the machine sleeps. On Linux this needs logind or a screen saver.',
    choices: [
      { value: true, label: 'Lock the vault', meaning: "You unlock it again when you're back." },
      { value: false, label: 'Leave it open', meaning: 'For tests that run while you are away.' },
    ],
  },
  runInTray: {
    title: 'When the window is closed',
    summary: 'keep running in the tray after the desktop window is closed',
    explanation: 'What closing the window does.',
    choices: [
      { value: false, label: 'Quit', meaning: 'Keyfob and the endpoint stop.' },
      {
        value: true,
        label: 'Keep running in the tray',
        meaning: 'The endpoint keeps serving. The tray shows the window again, locks and quits.',
      },
    ],
  },
  protectContent: {
    title: 'Shared screens and recordings',
    summary: 'hide the desktop window in recordings and on shared screens, if the system can',
    explanation: 'Whether shared screens, recordings and screenshots show the window.',
    choices: [
      { value: false, label: 'Show it', meaning: 'Like any other window.' },
      { value: true, label: 'Hide it', meaning: 'Others see black or nothing in its place.' },
    ],
  },
} satisfies Readonly<Record<string, SettingText>>;
