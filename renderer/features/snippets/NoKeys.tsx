import { KeyRound } from 'lucide-react';
import { useCall } from '../../store/hooks/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import type { Target } from './useTarget.ts';

/** The application has no keys of this key type. Generates them with the defaults. */
export const NoKeys = ({ target }: { readonly target: Target }) => {
  const generate = useCall('keys.generate');
  const { application, keyType } = target;
  const named = keyType === 'PRODUCTION' ? 'Production' : 'Sandbox';
  return (
    <Banner
      title={`${application.name} has no ${named} keys yet.`}
      actions={
        <Button
          size="small"
          icon={KeyRound}
          loading={generate.pending}
          onClick={() => void generate.run({ application: application.name, keyType })}
        >
          Generate keys
        </Button>
      }
    >
      {generate.error?.message ?? 'Every call needs the keys of an application.'}
    </Banner>
  );
};
