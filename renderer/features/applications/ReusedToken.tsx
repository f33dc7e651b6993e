import type { IssueBehaviour } from '../../../preload/contract/keys.ts';
import { Banner } from '../../ui/Banner.tsx';

/** Explains that Generate returned the existing token. */
export const ReusedToken = ({ behaviour }: { readonly behaviour: IssueBehaviour }) => (
  <Banner title="You got the same token.">
    It is active for these scopes, and {behaviour === 'reuse' ? 'this key set reuses active tokens' : 'it is reused'}.
    For a new one, regenerate it, choose other scopes, or set the key set to renew.
  </Banner>
);
