import { useMemo } from 'react';
import { role } from '../../../../preload/contract/values.ts';
import { useRead } from '../calls/useRead.ts';

/** Checks a role. Gives the result in the form that `ChipsInput` takes. */
export function checkRole(text: string): { readonly ok: true } | { readonly ok: false; readonly problem: string } {
  const { error } = role.safeParse(text);
  return error === undefined ? { ok: true } : { ok: false, problem: error.issues[0]?.message ?? 'This is not a role.' };
}

/** The roles of all users and scopes, each with a description that names them. */
export function useKnownRoles(): readonly { readonly value: string; readonly description: string }[] {
  const users = useRead('users.list', {}).value?.items;
  const scopes = useRead('scopes.list', {}).value?.items;
  return useMemo(() => {
    const all = new Set([...(users ?? []), ...(scopes ?? [])].flatMap(({ roles }) => roles));
    return [...all].sort().map((value) => {
      const holders = (users ?? []).filter(({ roles }) => roles.includes(value)).map(({ username }) => username);
      const givers = (scopes ?? []).filter(({ roles }) => roles.includes(value)).map(({ name }) => name);
      const description = [
        holders.length > 0 && `of ${holders.slice(0, 3).join(', ')}${holders.length > 3 ? ' …' : ''}`,
        givers.length > 0 && `gives ${givers.slice(0, 3).join(', ')}${givers.length > 3 ? ' …' : ''}`,
      ];
      return { value, description: description.filter(Boolean).join(' · ') };
    });
  }, [users, scopes]);
}
