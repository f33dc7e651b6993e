import type { KeySet } from '../../../preload/contract/keys.ts';
import { useCall } from '../../store/hooks/useCall.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** Replaces Generate when the key set lacks the client credentials grant. */
export const NoClientCredentials = ({ keySet }: { readonly keySet: KeySet }) => {
  const { application, keyType, grantTypes } = keySet;
  const update = useCall('keys.update');
  const add = () => update.run({ application, keyType, grantTypes: [...grantTypes, 'client_credentials'] });
  return (
    <Banner
      title="These keys can't get application tokens."
      actions={
        <Button size="small" loading={update.pending} onClick={() => void add()}>
          Add the grant
        </Button>
      }
    >
      {update.error?.message ?? 'They lack the client credentials grant.'}
    </Banner>
  );
};
