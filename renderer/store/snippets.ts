import { type SecretsMode, type Shell, secretsMode, shell } from '../../preload/contract/snippets.ts';
import { remember, remembered } from './remembered.ts';
import type { MakeSlice } from './slice.ts';

/** How snippets are written; their text holds secrets and is never kept here. */
export interface SnippetsSlice {
  readonly shell: Shell;
  readonly secrets: SecretsMode;
  chooseShell(shell: Shell): void;
  chooseSecrets(secrets: SecretsMode): void;
}

/** What a terminal of this system most likely runs. */
const usualShell = (): Shell => (/Windows/.test(navigator.userAgent) ? 'powershell' : 'bash');

export const snippetsSlice: MakeSlice<SnippetsSlice> = ({ set }) => ({
  shell: remembered('shell', shell.options, usualShell()),
  secrets: remembered('secrets', secretsMode.options, 'placeholder'),
  chooseShell(chosen) {
    remember('shell', chosen);
    set({ shell: chosen });
  },
  chooseSecrets(chosen) {
    remember('secrets', chosen);
    set({ secrets: chosen });
  },
});
