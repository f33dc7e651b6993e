import { useState } from 'react';
import { useCall } from '../../store/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';

/** The way into a locked vault. */
export const UnlockScreen = () => {
  const unlock = useCall('vault.unlock');
  const [passphrase, setPassphrase] = useState('');
  return (
    <main>
      <PageHeader title="Keyfob is locked" />
      {unlock.error !== undefined && <Banner tone="danger" title={unlock.error.message} />}
      <Field label="Passphrase">
        <PasswordInput value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
      </Field>
      <Button look="primary" loading={unlock.pending} onClick={() => void unlock.run({ passphrase })}>
        Unlock
      </Button>
    </main>
  );
};
