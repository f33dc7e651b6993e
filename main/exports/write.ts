import type { ExportedFile, ExportFormat } from '../../preload/contract/exports.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { EncodeQr, ExportSet, WriteExport } from '../engine/ports/export.ts';
import type { RenderSnippet } from '../engine/ports/snippet.ts';
import { writeBruno } from './bruno.ts';
import { writeEnv } from './env.ts';
import { writeHttp } from './http.ts';
import { writeInsomnia } from './insomnia.ts';
import { writeCsv, writeJson, writeLines } from './lists.ts';
import { writePostman } from './postman.ts';
import { writeQrSheet } from './qrSheet.ts';
import { writeScript } from './script.ts';

interface Written {
  readonly files: readonly ExportedFile[];
  readonly notes: readonly string[];
}

/** How each program trusts the authority. None takes it from these files. */
const trust = {
  http: 'Trust ca.pem: start VS Code with NODE_EXTRA_CA_CERTS=ca.pem, accept the certificate in JetBrains, or add it to the Windows store.',
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

interface Renderers {
  readonly render: RenderSnippet;
  readonly encodeQr: EncodeQr;
}

const write = (set: ExportSet, format: ExportFormat, mode: SecretsMode, { render, encodeQr }: Renderers): Written => {
  const [fill] = toFillIn[mode];
  const notes = fill === undefined ? [] : [fill];
  switch (format) {
    case 'csv':
      return { files: [writeCsv(set, mode)], notes: [] };
    case 'lines':
      return { files: [writeLines(set, mode)], notes: [] };
    case 'json':
      return { files: [writeJson(set, mode)], notes: [] };
    case 'qr-sheet':
      return {
        files: [writeQrSheet(set, mode, encodeQr)],
        notes: [
          mode === 'real'
            ? 'Open it in a browser and print it. Anyone who scans a code can use its token.'
            : 'The sheet has no codes: a code holds a token. Choose real secrets.',
        ],
      };
    case 'env':
      return { files: [writeEnv(set, mode)], notes: mode === 'real' ? [] : [...notes, 'Save it as .env.'] };
    case 'http':
      return { files: writeHttp(set, mode), notes: [...notes, 'Choose the environment "keyfob".', trust.http] };
    case 'postman':
      return { files: writePostman(set, mode), notes: [...notes, trust.postman] };
    case 'bruno':
      return {
        files: writeBruno(set, mode),
        notes: [
          ...(mode === 'env' ? ['Copy .env.example to .env, and fill in the secrets.'] : []),
          ...(mode === 'placeholder' ? ['Type the secrets into the environment "keyfob".'] : []),
          trust.bruno,
        ],
      };
    case 'insomnia':
      return { files: [writeInsomnia(set, mode)], notes: [...notes, trust.insomnia] };
    default: {
      const { file, notes: ofScript } = writeScript(set, format, mode, render);
      return { files: [file], notes: ofScript };
    }
  }
};

/** Creates the writer of all formats. Scripts take their commands from `render`, sheets their codes from `encodeQr`. Tokens alone need no `ca.pem`. */
export const createExportWriter =
  (render: RenderSnippet, encodeQr: EncodeQr): WriteExport =>
  (set, format, mode) => {
    const { files, notes } = write(set, format, mode, { render, encodeQr });
    const isWithoutCalls = format === 'csv' || format === 'lines' || format === 'qr-sheet';
    return { files: [...files, ...(isWithoutCalls ? [] : [{ name: 'ca.pem', text: set.caPem }])], notes };
  };
