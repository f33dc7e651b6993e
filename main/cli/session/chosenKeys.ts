import type { IssuedToken } from '../../../preload/contract/tokens.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import type { Caller } from '../../transport/reply.ts';
import { fillSelection, type Selection } from './defaults.ts';

/** The keys of one application, and perhaps a user. */
export interface ChosenKeys {
  readonly application: string;
  readonly keyType: KeyType;
  readonly user: string | undefined;
}

/** The keys of a command line, with defaults. Throws as {@link fillSelection}. */
export async function chosenKeys(typed: Selection, call: Caller): Promise<ChosenKeys> {
  const { application, keyType, user } = await fillSelection(typed, ['keyType', 'user'], call);
  if (keyType === undefined) throw new Error('The selection has no key type.');
  return { application, keyType, user };
}

interface TokenChoice extends ChosenKeys {
  readonly scope?: readonly string[] | undefined;
}

const selectionOf = ({ application, keyType, user, scope = [] }: TokenChoice) => ({
  ...{ application, keyType, username: user, scope: scope.join(' ') },
});

/** Issues the tokens of devices, in their order. Throws as the endpoint refuses them. */
export async function issueForDevices(
  choice: TokenChoice & { readonly devices: readonly string[] },
  call: Caller,
): Promise<readonly (IssuedToken & { readonly device: string })[]> {
  return (await call('devices.mint', { ...selectionOf(choice), device: [...choice.devices] })).items;
}

/** Issues one token, perhaps of a device. Throws as the endpoint refuses it. */
export async function issueOne(
  { device, ...choice }: TokenChoice & { readonly device?: string | undefined },
  call: Caller,
): Promise<IssuedToken> {
  if (device === undefined) return await call('tokens.issue', selectionOf(choice));
  const [token] = await issueForDevices({ ...choice, devices: [device] }, call);
  if (token === undefined) throw new Error('No token was minted for the device.');
  return token;
}
