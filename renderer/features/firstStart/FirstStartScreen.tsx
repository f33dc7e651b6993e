import { useState } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';

/** The first start: how secrets are protected. */
export const FirstStartScreen = () => {
  const create = useCall('vault.create');
  const finish = useKeyfobState((state) => state.layout.finishFirstStart);
  const [passphrase, setPassphrase] = useState('');
  const make = async () => {
    if ((await create.run({ mode: 'passphrase', passphrase })) !== undefined) finish();
  };
  return (
    <main>
      <PageHeader title="Welcome to Keyfob" />
      {create.error !== undefined && <Banner tone="danger" title={create.error.message} />}
      <Field label="Passphrase">
        <PasswordInput value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
      </Field>
      <Button look="primary" loading={create.pending} onClick={() => void make()}>
        Protect with this passphrase
      </Button>
    </main>
  );
};
