import type {
  SecretOfSnippet,
  SecretsMode,
  Shell,
  SnippetCall,
  SnippetSecret,
} from '../../../preload/contract/snippets.ts';

/** A call to render, with all values in clear; `main/snippets` turns it into a command. */
export interface SnippetModel {
  readonly call: SnippetCall;
  readonly url: string;
  readonly method: string;
  /** Form fields in order. A `secret` is replaced under `placeholder` and `env`, and where it is not known. */
  readonly form: readonly {
    readonly name: string;
    /** Null where it is not known: only a hash is stored, or a browser gets it. */
    readonly value: string | null;
    readonly secret?: SnippetSecret;
  }[];
  readonly basic?: { readonly consumerKey: string; readonly consumerSecret: string };
  /** Null where only a hash is stored. */
  readonly bearer?: string | null;
  /** The authority that signed the host's certificate; absent for a host that is not ours. */
  readonly caFile?: string;
  readonly insecure: boolean;
  /** For an address of this machine: bypass any proxy that the environment or ~/.curlrc names. */
  readonly direct: boolean;
}

/** A rendered call. */
export interface SnippetText {
  readonly text: string;
  readonly notes: readonly string[];
  readonly containsSecrets: boolean;
  readonly secrets: readonly SecretOfSnippet[];
}

export type RenderSnippet = (model: SnippetModel, shell: Shell, secrets: SecretsMode) => SnippetText;
