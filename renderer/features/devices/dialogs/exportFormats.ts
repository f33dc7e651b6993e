import type { ExportFormat } from '../../../../preload/contract/exports.ts';
import type { SecretsMode } from '../../../../preload/contract/snippets.ts';

export const formats: readonly { readonly value: ExportFormat; readonly label: string }[] = [
  { value: 'bash', label: 'Script of curl calls: bash, zsh' },
  { value: 'powershell', label: 'Script of curl calls: PowerShell 7' },
  { value: 'powershell-5.1', label: 'Script of curl calls: Windows PowerShell 5.1' },
  { value: 'batch', label: 'Script of curl calls: batch file' },
  { value: 'cmd', label: 'Script of curl calls: cmd prompt' },
  { value: 'http', label: '.http file: VS Code, JetBrains, Visual Studio' },
  { value: 'env', label: '.env file' },
  { value: 'postman', label: 'Postman environment and collection' },
  { value: 'bruno', label: 'Bruno collection' },
  { value: 'insomnia', label: 'Insomnia collection' },
  { value: 'json', label: 'JSON' },
  { value: 'csv', label: 'CSV' },
  { value: 'lines', label: 'Lines: device, tab, token' },
];

export const secretSegments: readonly { readonly value: SecretsMode; readonly label: string }[] = [
  { value: 'env', label: 'Variables' },
  { value: 'placeholder', label: 'Placeholders' },
  { value: 'real', label: 'Real' },
];
