import type { User } from '../../../preload/contract/users.ts';
import { useGo } from '../../store/hooks/window.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** A user without a password can't get a token. */
export const NoPassword = ({ user }: { readonly user: User }) => {
  const go = useGo();
  return (
    <Banner
      title={`${user.username} has no password yet.`}
      actions={
        <Button size="small" onClick={() => go({ screen: 'users' })}>
          Go to users
        </Button>
      }
    >
      The password grant needs it. Set one, or choose placeholders.
    </Banner>
  );
};
