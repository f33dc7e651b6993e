import type {
  SecretOfSnippet,
  SecretsMode,
  SnippetCall,
  SnippetForm,
  SnippetSecret,
} from '../../../preload/contract/snippets.ts';

/** A call to render, with all values in clear; `main/snippets` turns it into a command or a program. */
export interface SnippetModel {
  readonly call: SnippetCall;
  readonly url: string;
  readonly method: string;
  /** Form fields in order. A `secret` is replaced under `placeholder` and `env`, and where its value is null. */
  readonly form: readonly {
    readonly name: string;
    /** Null where Keyfob does not have the value. */
    readonly value: string | null;
    readonly secret?: SnippetSecret;
  }[];
  readonly basic?: {
    readonly consumerKey: string;
    readonly consumerSecret: string;
    /** Another server issued them, so they may hold any printable ASCII. Generated ones are URL-safe. */
    readonly provided?: boolean;
  };
  /** Null where Keyfob does not have the value. */
  readonly bearer?: string | null;
  /** The file of the authority that signed the host's certificate; absent where the system's authorities decide. */
  readonly caFile?: string;
  /** The text reads the path of that file from the variable KEYFOB_CA, so that it names no path of this machine. */
  readonly caVariable?: boolean;
  readonly insecure: boolean;
  /** For an address of this machine: bypass any proxy that the environment or ~/.curlrc names. */
  readonly direct: boolean;
  /** The server that issues the tokens, if that is not this machine. Keyfob does not have their values. */
  readonly server?: string;
}

/** A rendered call. */
export interface SnippetText {
  readonly text: string;
  readonly notes: readonly string[];
  readonly containsSecrets: boolean;
  readonly secrets: readonly SecretOfSnippet[];
}

export type RenderSnippet = (model: SnippetModel, form: SnippetForm, secrets: SecretsMode) => SnippetText;
