import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import { Banner } from '../../ui/Banner.tsx';

/** After Generate gave a token that was there already. */
export const ReusedToken = ({ behaviour }: { readonly behaviour: IssueBehaviour }) => (
  <Banner title="The same token was handed out again.">
    It is live for these very scopes, and{' '}
    {behaviour === 'reuse' ? 'this key set reuses live tokens' : 'a live token is handed out again'}. For a new one use
    Regenerate, choose other scopes, or let the key set renew.
  </Banner>
);
