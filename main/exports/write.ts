import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { CallFormat, EncodeQr, ExportSet, WriteExport, WrittenExport } from '../engine/ports/export.ts';
import type { RenderSnippet } from '../engine/ports/snippet.ts';
import { writeBruno } from './collections/bruno.ts';
import { writeHttp } from './collections/http.ts';
import { writeInsomnia } from './collections/insomnia.ts';
import { writePostman } from './collections/postman.ts';
import { writeCsv, writeJson, writeLines } from './lists.ts';
import { writeQrSheet } from './qrSheet.ts';
import { writeScript } from './script.ts';
import { writeEnv } from './variables/env.ts';
import { needsUser } from './variables/variables.ts';

/** How each program trusts the authority. None takes it from these files. */
const trust = {
  http: 'Trust ca.pem: start VS Code with NODE_EXTRA_CA_CERTS=ca.pem, accept the certificate in JetBrains, or add it to the Windows store.',
  'http-vscode': 'Trust ca.pem: start VS Code with NODE_EXTRA_CA_CERTS=ca.pem.',
  'http-jetbrains': 'Trust ca.pem: accept the certificate when JetBrains asks.',
  'http-visual-studio': 'Trust ca.pem: add it to the Windows store of trusted roots.',
  postman: 'Trust ca.pem: Settings > Certificates > CA certificates in Postman, or newman --ssl-extra-ca-certs ca.pem.',
  bruno: 'Trust ca.pem: Preferences > General > Custom CA certificate in Bruno, or bru run --cacert ca.pem.',
  insomnia:
    'Trust ca.pem: Insomnia looks for it by this relative path; choose it again in the collection settings if calls fail.',
};

const toFillIn: Readonly<Record<SecretsMode, readonly string[]>> = {
  real: [],
  placeholder: ['Replace the placeholders with the secrets.'],
  env: ['Fill in the empty secrets.'],
};

const ofBruno: Readonly<Record<SecretsMode, readonly string[]>> = {
  real: [],
  placeholder: ['Type the secrets into the environment "keyfob".'],
  env: ['Copy .env.example to .env, and fill in the secrets.'],
};

/** What people enter, and what calls of an application need by hand. */
const ofCalls = (set: ExportSet, format: CallFormat): readonly string[] => {
  if (set.calls === undefined) return [];
  const { signIn } = set.calls;
  const isHttp = format.startsWith('http');
  return [
    ...(needsUser(set) && set.user === undefined ? ['Enter username and password for the password grant.'] : []),
    ...(signIn?.callbackUrl === '' ? ['Enter the callback as redirectUri: the keys have none, or a pattern.'] : []),
    ...(signIn !== undefined && isHttp
      ? ['This format cannot sign a person in: enter the code of a sign-in as the variable code.']
      : []),
    ...(isHttp && format !== 'http-jetbrains'
      ? ['After a refresh, send the token request again: calls take the token of its reply.']
      : []),
  ];
};

interface Renderers {
  readonly render: RenderSnippet;
  readonly encodeQr: EncodeQr;
}

const write = (
  set: ExportSet,
  format: CallFormat,
  mode: SecretsMode,
  { render, encodeQr }: Renderers,
): WrittenExport => {
  const common = { toFillIn: toFillIn[mode] };
  const notes = ofCalls(set, format);
  switch (format) {
    case 'csv':
      return { files: [writeCsv(set, mode)], toFillIn: [], notes };
    case 'lines':
      return { files: [writeLines(set, mode)], toFillIn: [], notes };
    case 'json':
      return { files: [writeJson(set, mode)], toFillIn: [], notes };
    case 'qr-sheet': {
      const use = 'Open it in a browser and print it. Anyone who scans a code can use its token.';
      const isEmpty = 'The sheet has no codes: a code holds a token. Choose real secrets.';
      return { files: [writeQrSheet(set, mode, encodeQr)], toFillIn: [], notes: [mode === 'real' ? use : isEmpty] };
    }
    case 'env': {
      const saving = mode === 'real' ? [] : ['Save it as .env.'];
      return { files: [writeEnv(set, mode)], toFillIn: [...common.toFillIn, ...saving], notes };
    }
    case 'http':
    case 'http-jetbrains':
    case 'http-vscode':
    case 'http-visual-studio': {
      const files = writeHttp(set, mode, format === 'http' ? 'common' : format);
      return { ...common, files, notes: [...notes, 'Choose the environment "keyfob".', trust[format]] };
    }
    case 'postman':
      return { ...common, files: writePostman(set, mode), notes: [...notes, trust.postman] };
    case 'bruno':
      return { toFillIn: ofBruno[mode], files: writeBruno(set, mode), notes: [...notes, trust.bruno] };
    case 'insomnia':
      return { ...common, files: [writeInsomnia(set, mode)], notes: [...notes, trust.insomnia] };
    default: {
      const { file, notes: ofScript } = writeScript(set, format, mode, render);
      return { files: [file], toFillIn: [], notes: ofScript };
    }
  }
};

/** Creates the writer of all formats. Scripts take their commands from `render`, sheets their codes from `encodeQr`. Tokens alone need no `ca.pem`. */
export const createExportWriter =
  (render: RenderSnippet, encodeQr: EncodeQr): WriteExport =>
  (set, format, mode) => {
    const { files, ...rest } = write(set, format, mode, { render, encodeQr });
    const isWithoutCalls = format === 'csv' || format === 'lines' || format === 'qr-sheet';
    return { files: [...files, ...(isWithoutCalls ? [] : [{ name: 'ca.pem', text: set.caPem }])], ...rest };
  };
