import { existsSync } from 'node:fs';
import { styleText } from 'node:util';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { type TrustGuide, type TrustStep, trustGuides } from '../../../preload/contract/trustTexts.ts';

interface Here {
  readonly caFile: string;
  readonly tokenUrl: string;
  readonly platform: string;
}

/**
 * The guides for a program or system, on this machine if there are any, else on others. Without a name, the guide for this
 * system. Throws `bad_input` for an unknown name.
 */
export function guidesFor(program: string | undefined, { caFile, tokenUrl, platform }: Here): readonly TrustGuide[] {
  const name = (program ?? 'system').toLowerCase();
  const named = trustGuides(caFile, tokenUrl).filter(({ programs }) => programs.includes(name));
  if (named.length === 0) {
    const near = didYouMean(name, programNames);
    throw new KeyfobError('bad_input', `No steps for "${name}".${near} Known: ${programNames.join(', ')}.`);
  }
  const here = named.filter(({ system }) => system === undefined || system === platform);
  // Both Linux families match, but this machine belongs to one.
  const other = existsSync('/etc/pki/ca-trust/source/anchors') ? 'debian' : 'fedora';
  const fitting = here.length > 1 ? here.filter(({ value }) => value !== other) : here;
  return fitting.length > 0 ? fitting : named;
}

/** Suggested names. Others, like ubuntu or chromium, work too. */
export const programNames = [
  'system',
  'firefox',
  'chrome',
  'curl',
  'node',
  'python',
  'java',
  'dotnet',
  'go',
  'android',
  'ios',
  'debian',
  'fedora',
  'macos',
  'windows',
] as const;

const stepText = ({ text, command }: TrustStep, mark: string): string => {
  const lines = command === undefined ? [] : command.split('\n').map((line) => `     ${line}`);
  return [`${mark} ${text}`, ...lines].join('\n');
};

/** A guide as text: heading, affected programs, numbered steps with commands, and how to undo it. */
export function guideText({ label, reach, steps, undo }: TrustGuide): string {
  const numbered = steps.map((step, at) => stepText(step, `  ${at + 1}.`));
  const back = undo === undefined ? [] : [stepText(undo, '  Undo:')];
  return [styleText('bold', label), `  ${reach}`, ...numbered, ...back].join('\n');
}
