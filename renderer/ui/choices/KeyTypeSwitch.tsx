import { FlaskConical, Rocket } from 'lucide-react';
import { keyTypeNames } from '../facts/keyTypeNames.ts';
import { SegmentedControl } from './SegmentedControl.tsx';

interface KeyTypeSwitchProps {
  readonly value: 'PRODUCTION' | 'SANDBOX';
  readonly onChange: (value: 'PRODUCTION' | 'SANDBOX') => void;
  readonly size?: 'small' | 'medium';
  readonly disabled?: boolean;
}

/** Chooses Production (red) or Sandbox (amber), with the same look everywhere. */
export const KeyTypeSwitch = (props: KeyTypeSwitchProps) => (
  <SegmentedControl
    aria-label="Key type"
    segments={[
      { value: 'PRODUCTION', label: keyTypeNames.PRODUCTION, icon: Rocket, tone: 'danger' },
      { value: 'SANDBOX', label: keyTypeNames.SANDBOX, icon: FlaskConical, tone: 'warn' },
    ]}
    {...props}
  />
);
