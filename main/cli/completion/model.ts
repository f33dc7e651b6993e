export const shells = ['bash', 'zsh', 'fish'] as const;
export type CompletionShell = (typeof shells)[number];

export interface CompletedFlag {
  /** With its hyphens. */
  readonly name: string;
  readonly description: string;
  readonly takes: 'nothing' | 'text' | 'folder';
  readonly choices: readonly string[];
  readonly repeatable: boolean;
}

/** A command with what may follow it: other commands, or flags and the choices of its argument. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CompletedCommand[];
  readonly flags: readonly CompletedFlag[];
  readonly words: readonly string[];
}
