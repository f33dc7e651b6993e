import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { contract } from '../../../preload/contract/index.ts';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { useFormCall } from '../../store/hooks/useFormCall.ts';

const schema = contract.users.setRoles.input.pick({ roles: true });

/** The form for a user's roles. Calls `onSaved` after saving. */
export function useRolesForm({ username, roles }: User, onSaved: () => void) {
  const { host } = useKeyfob();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { roles } });
  const call = useFormCall(form, async (values) => {
    await host.call('users.setRoles', { user: username, roles: values.roles });
    onSaved();
  });
  return { form, call };
}
