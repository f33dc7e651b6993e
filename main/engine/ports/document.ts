/** Where a part of a document starts, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The content of a JSON or YAML file. */
export type ParsedDocument =
  | {
      readonly ok: true;
      /** Plain objects, lists and scalars. YAML scalars are text. Treat it as hostile. */
      readonly value: unknown;
      /** The place of each part, by {@link pathKey}; present on request. */
      readonly places?: ReadonlyMap<string, Place>;
    }
  | {
      readonly ok: false;
      /** One sentence, with line and column if they are known. */
      readonly message: string;
    };

/** The key of a path in a document, for its place. */
export const pathKey = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** Parses a file, as base64. Never rejects for its content. With `places`, JSON is parsed as YAML: its scalars are text. */
export type ParseDocument = (file: string, places?: boolean) => Promise<ParsedDocument>;

/** Formats plain values as YAML. */
export type FormatDocument = (value: unknown) => Promise<string>;

/** Unpacks a zip archive, as base64, with each file as base64. Rejects with `bad_input` for a damaged or a huge archive. */
export type Unzip = (archive: string) => Promise<readonly { readonly name: string; readonly file: string }[]>;
