import type { SnippetModel } from '../engine/ports/snippet.ts';
import { isHttps } from './encode.ts';
import type { Value } from './usedSecrets.ts';

/** The environment variable for the path of the authority's certificate. */
export const caVariableName = 'KEYFOB_CA';

/** The file that a call checks the server's certificate with, as a path or a variable. Undefined where none decides. */
export const trustFileOf = ({ url, insecure, caFile, caVariable }: SnippetModel): Value | undefined => {
  if (insecure || caFile === undefined || !isHttps(url)) return undefined;
  return caVariable === true ? { variable: caVariableName } : { text: caFile };
};
