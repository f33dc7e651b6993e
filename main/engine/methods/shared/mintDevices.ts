import type { OutputOf, Progress } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { badInput } from '../../errors.ts';
import type { Ports } from '../../ports/ports.ts';
import { deviceScope, splitScopes } from '../../scopeRules.ts';
import { issueForPerson, type Selection } from './issueForPerson.ts';

/** Small enough that a transaction is short. */
const devicesPerStep = 25;

/** Throws `bad_input` for a device scope among the extra scopes of device tokens. */
export const demandExtraScopes = (scope: string): void => {
  if (splitScopes(scope).some((name) => name.startsWith(deviceScope('')))) {
    throw badInput('scope', 'Leave device_ scopes out: each device token gets its own. Name the devices instead.');
  }
};

interface Minting extends Omit<Selection, 'scope'> {
  readonly device: readonly string[];
  /** Extra scopes. */
  readonly scope: string;
  readonly validitySeconds?: number | undefined;
}

/**
 * Mints a token per device, in the order of the names. A live token is returned again with its own expiry. Run each step in
 * its own transaction. Throws as {@link issueForPerson}.
 */
export function* mintDevices(
  ports: Ports,
  { device, scope, ...rest }: Minting,
): Generator<Progress, OutputOf<MethodOf<'devices.mint'>>, void> {
  demandExtraScopes(scope);
  const devices = [...new Set(device)];
  const items = [];
  for (const [index, name] of devices.entries()) {
    if (index > 0 && index % devicesPerStep === 0) yield { done: index, total: devices.length };
    items.push({ device: name, ...issueForPerson(ports, { ...rest, scope: `${deviceScope(name)} ${scope}` }) });
  }
  return { items };
}
