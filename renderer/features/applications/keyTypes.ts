import { FlaskConical, type LucideIcon, Rocket } from 'lucide-react';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Tone } from '../../ui/tone.ts';

/** Label and colour of each key type. */
export const keyTypeLooks: Readonly<
  Record<KeyType, { readonly label: string; readonly tone: Tone; readonly icon: LucideIcon }>
> = {
  PRODUCTION: { label: 'Production', tone: 'danger', icon: Rocket },
  SANDBOX: { label: 'Sandbox', tone: 'warn', icon: FlaskConical },
};
