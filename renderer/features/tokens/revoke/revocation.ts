import type { InputOf, Progress } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Keyfob } from '../../../store/context.ts';
import { revokeMany } from '../../../store/topics/tokens/revokeMany.ts';
import { isLive } from '../../../store/topics/tokens/tokenFacts.ts';
import { nameOf } from '../tokenWords.ts';

type Host = Keyfob['host'];

/** The tokens to revoke: a list, or all active ones of an application, user or device. */
export type RevokeTarget =
  | { readonly kind: 'tokens'; readonly ids: readonly number[] }
  | {
      readonly kind: 'all';
      readonly by: InputOf<MethodOf<'tokens.revokeAll'>>;
      /** The name of the application, user or device. */
      readonly name: string;
      readonly of: string;
    };

/** The tokens that will be revoked. */
export interface Losses {
  readonly count: number;
  /** The first few, described. */
  readonly names: readonly string[];
  /** The active ones of an explicit list. */
  readonly ids: readonly number[];
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const named = 5;
/** The contract's limit for one call. */
const atOnce = 1000;

/** Finds a target's active tokens, newest first. Rejects with `KeyfobError`. */
export async function findLosses(host: Host, target: RevokeTarget, { signal, onProgress }: Watch): Promise<Losses> {
  if (target.kind === 'all') {
    const live = { ...target.by, state: 'ACTIVE' as const };
    const { items } = await host.call('tokens.list', { ...live, limit: named }, { signal });
    const { total } = await host.call('tokens.count', live, { signal, onProgress });
    return { count: total, names: items.map(nameOf), ids: [] };
  }
  const ids: number[] = [];
  const names: string[] = [];
  for (let done = 0; done < target.ids.length; done += atOnce) {
    const { items } = await host.call('tokens.readMany', { ids: target.ids.slice(done, done + atOnce) }, { signal });
    const live = items.filter(isLive);
    ids.push(...live.map(({ id }) => id));
    names.push(...live.slice(0, named - names.length).map(nameOf));
    onProgress({ done, total: target.ids.length });
  }
  return { count: ids.length, names, ids };
}

/** Revokes a target; gives the number of tokens. Rejects with `KeyfobError`; tokens revoked before stay revoked. */
export async function revokeTarget(
  host: Host,
  target: RevokeTarget,
  { ids }: Losses,
  { signal, onProgress }: Watch,
): Promise<number> {
  if (target.kind === 'tokens') return await revokeMany(host, ids, { signal, onProgress });
  return (await host.call('tokens.revokeAll', target.by, { signal, onProgress })).revoked;
}
