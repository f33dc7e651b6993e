import type { VerifiedDevice } from '../../../../preload/contract/devices.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import type { Proof } from '../dialogs/proof.ts';
import { listed } from '../names.ts';

const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** "revoked 10:31", or undefined where the state does not explain the answer. */
const causeOf = ({ state, retiredAtMs }: VerifiedDevice): string | undefined =>
  state === 'ACTIVE' || retiredAtMs === undefined
    ? undefined
    : `${state.toLowerCase()} ${timeOfDay.format(retiredAtMs)}`;

/** "tablet got 401 (revoked 10:31)", or "4 devices got 401" for several. */
const refusalOf = (status: number | undefined, some: readonly VerifiedDevice[]): string => {
  const names = listed(some.map(({ device }) => device));
  const got = status === undefined ? 'got no answer' : `got ${status}`;
  const [first] = some;
  const cause = some.length === 1 && first !== undefined ? causeOf(first) : undefined;
  return `${names} ${got}${cause === undefined ? '' : ` (${cause})`}`;
};

/** "12 answered 200 · tablet got 401 (revoked 10:31)": the answers of an API to the tokens of devices, by status. */
export const proofOfCalls = (items: readonly VerifiedDevice[]): Proof => {
  const accepted = Map.groupBy(
    items.filter(({ ok }) => ok),
    ({ status }) => status,
  );
  const refused = items.filter(({ ok }) => !ok);
  const parts = [...accepted].map(([status, some]) => `${formatCount(some.length)} answered ${status}`);
  // One part for each cause, as long as they are few.
  const byStatus = Map.groupBy(refused, ({ status }) => status);
  for (const [status, some] of byStatus) {
    if (some.length <= 3) parts.push(...some.map((one) => refusalOf(status, [one])));
    else parts.push(refusalOf(status, some));
  }
  return { good: refused.length === 0, text: parts.join(' · ') };
};
