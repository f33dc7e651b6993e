import type { ExportFormat } from '../../../../preload/contract/exports.ts';

/** Every format, by what it is for. */
export const formatGroups: readonly {
  readonly label: string;
  readonly choices: readonly { readonly value: ExportFormat; readonly label: string }[];
}[] = [
  {
    label: 'Curl calls',
    choices: [
      { value: 'bash', label: 'bash, zsh' },
      { value: 'powershell', label: 'PowerShell 7' },
      { value: 'powershell-5.1', label: 'Windows PowerShell 5.1' },
      { value: 'batch', label: 'Batch file' },
      { value: 'cmd', label: 'cmd prompt' },
    ],
  },
  {
    label: 'Requests',
    choices: [
      { value: 'http', label: '.http file' },
      { value: 'postman', label: 'Postman' },
      { value: 'bruno', label: 'Bruno' },
      { value: 'insomnia', label: 'Insomnia' },
    ],
  },
  {
    label: 'Tokens',
    choices: [
      { value: 'qr-sheet', label: 'QR codes to print' },
      { value: 'env', label: '.env file' },
      { value: 'json', label: 'JSON' },
      { value: 'csv', label: 'CSV' },
      { value: 'lines', label: 'Lines' },
    ],
  },
];
