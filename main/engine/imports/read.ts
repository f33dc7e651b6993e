import { fromBase64 } from '../../../preload/contract/base64.ts';
import { isObject, type Notes } from '../apis/openApi/values.ts';
import { readCommand } from '../clients/readCommand.ts';
import { badInput } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import { type Credentials, credentialsOf, credentialsOfLines } from './credentials.ts';
import type { ForeignFile } from './foreign.ts';
import { serverFile } from './server.ts';

/** Commands and .env files are short. Decoding a large file here would be slow. */
const longestText = 200_000;

/** Decodes UTF-8; undefined for other bytes and for a large file. */
const decoded = (file: string): string | undefined => {
  if (file.length > longestText) return undefined;
  const bytes = fromBase64(file);
  try {
    return bytes && decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
};

/** The application in an archive: `application.yaml` first, as the server reads it, then JSON. 3.x names it as the application. */
const applicationIn = (files: readonly { readonly name: string; readonly file: string }[]): string => {
  const wanted = [
    /(?:^|\/)application\.ya?ml$/i,
    /(?:^|\/)application\.json$/i,
    /^(?!.*(?:_meta|metadata)\.).*\.(?:json|ya?ml)$/i,
  ];
  const found = wanted.flatMap((pattern) => files.find(({ name }) => pattern.test(name)) ?? []);
  if (found[0] !== undefined) return found[0].file;
  throw badInput(
    'file',
    'This zip has no application.yaml and no application.json. Choose a zip of `apictl export app`.',
  );
};

/** Throws `bad_input` without a consumer key, which a command may lack. */
const ofCredentials = (
  source: 'client' | 'curl',
  { consumerKey, consumerSecret, tokenUrl, application, keyType }: Credentials,
): ForeignFile => {
  if (consumerKey === '') throw badInput('file', 'This command has no consumer key. Copy one that requests a token.');
  return {
    source,
    applications: [
      {
        name: application,
        subscriptions: [],
        keys: [
          {
            consumerKey,
            ...(keyType !== undefined && { keyType }),
            ...(consumerSecret !== '' && { consumerSecret }),
            ...(tokenUrl !== '' && { tokenUrl }),
          },
        ],
      },
    ],
  };
};

const unknownFile =
  'Choose a zip of `apictl export app`, its YAML or JSON, JSON of the developer portal, a Postman, Bruno or Insomnia file, .env lines, or a curl command.';

/** Reads a file, as base64, by its content. Throws `bad_input` for one without an application and without keys. */
export const readForeignFile = async (ports: Ports, file: string, notes: Notes): Promise<ForeignFile> => {
  // The base64 of `PK` and the byte 3.
  const isZip = file.startsWith('UEsD');
  const content = isZip ? applicationIn(await ports.unzip(file)) : file;
  const text = isZip ? undefined : decoded(content);
  if (text !== undefined && !/^\s*[{[]/.test(text)) {
    if (/^\s*\S*curl(?:\.exe)?\s/.test(text)) return ofCredentials('curl', readCommand(text));
    const inLines = /^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=/m.test(text) ? credentialsOfLines(text) : undefined;
    if (inLines !== undefined) return ofCredentials('client', inLines);
  }
  const parsed = await ports.parseDocument(content);
  if (!parsed.ok) throw badInput('file', `The file cannot be read. ${parsed.message}`);
  const document = parsed.value;
  const found = serverFile(document, notes);
  if (found !== undefined) return found;
  const credentials = isObject(document) || Array.isArray(document) ? credentialsOf(document) : undefined;
  if (credentials === undefined)
    throw badInput('file', `This file has no application and no consumer key. ${unknownFile}`);
  return ofCredentials('client', credentials);
};
