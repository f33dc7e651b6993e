/** The content of a JSON or YAML file. */
export type ParsedDocument =
  | {
      readonly ok: true;
      /** Plain objects, lists and scalars. YAML scalars are text. Treat it as hostile. */
      readonly value: unknown;
    }
  | {
      readonly ok: false;
      /** One sentence, with line and column if they are known. */
      readonly message: string;
    };

/** Parses a file, as base64. Never rejects for its content. */
export type ParseDocument = (file: string) => Promise<ParsedDocument>;
