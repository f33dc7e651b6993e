import { useState } from 'react';
import type { FirstStartStep } from '../../../preload/contract/preferences.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { ApplicationStep } from './ApplicationStep.tsx';
import { ProtectStep } from './ProtectStep.tsx';
import { ReadyStep } from './ReadyStep.tsx';
import { RecoveryKeyStep } from './RecoveryKeyStep.tsx';
import { ServeStep } from './ServeStep.tsx';

/**
 * The first start: protect the secrets, start the endpoint, create an application. It ends with a command that works. A
 * reload resumes at the same step, as far as the vault allows.
 */
export const FirstStartScreen = () => {
  const { step, goTo } = useKeyfobState((state) => state.firstStart);
  const status = useRead('vault.status', {}).value;
  // Shown once, so it is kept here only.
  const [recoveryKey, setRecoveryKey] = useState<string>();

  const leaveRecoveryKey = () => {
    setRecoveryKey(undefined);
    goTo('serve');
  };
  if (recoveryKey !== undefined) {
    return <RecoveryKeyStep recoveryKey={recoveryKey} onNewKey={setRecoveryKey} onDone={leaveRecoveryKey} />;
  }
  if (status?.state === 'none') return <ProtectStep onMade={setRecoveryKey} />;
  const confirmed = status?.recoveryKey === 'confirmed';
  const shown: FirstStartStep = step === 'protect' && confirmed ? 'serve' : step;
  switch (shown) {
    case 'protect':
      return <RecoveryKeyStep recoveryKey={undefined} onNewKey={setRecoveryKey} onDone={leaveRecoveryKey} />;
    case 'serve':
      return <ServeStep onBack={confirmed ? undefined : () => goTo('protect')} onDone={() => goTo('application')} />;
    case 'application':
      return <ApplicationStep onBack={() => goTo('serve')} onDone={() => goTo('ready')} onSkip={() => goTo('done')} />;
    default:
      return <ReadyStep onNoApplication={() => goTo('application')} onLeave={() => goTo('done')} />;
  }
};
