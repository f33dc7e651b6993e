import { FlaskConical, Rocket } from 'lucide-react';
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
      { value: 'PRODUCTION', label: 'Production', icon: Rocket, tone: 'danger' },
      { value: 'SANDBOX', label: 'Sandbox', icon: FlaskConical, tone: 'warn' },
    ]}
    {...props}
  />
);
