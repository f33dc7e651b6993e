import { type Reason, rule as rules } from '../../../preload/contract/audit.ts';
import { damaged, parseList } from '../context.ts';

/** What the row of a reason says itself. */
interface Row {
  readonly atMs: number;
  /** Of an entry in a history. An issue is about the token that it replaced. */
  readonly tokenId?: number;
  /** Of an issue. */
  readonly tuple?: NonNullable<Reason['tuple']>;
}

type Others = Partial<Omit<Reason, 'rule' | 'atMs' | 'tuple' | 'otherTokenId'>>;
type Part = number | null | Others;

const isNumber = (part: Part): part is number | null => part === null || typeof part === 'number';
const isOthers = (part: Part): part is Others => !isNumber(part);

/**
 * A reason as rows store it, without what the row says: JSON values without their brackets. In order, as far as they exist: the
 * position of the rule in the contract, the other token (0: none), the milliseconds left of the candidate and of its refresh token
 * (null: never expires), and an object with other members. `tokenId` is as in {@link Row}.
 */
export function storedReason(reason: Reason, tokenId = reason.otherTokenId): string {
  const { rule, atMs: _, tuple: __, candidate, otherTokenId = 0, ...rest } = reason;
  const known = candidate?.tokenId === tokenId && candidate?.state === 'ACTIVE' ? candidate : undefined;
  const left = [known?.secondsLeft, known?.refreshSecondsLeft]
    .filter((seconds) => seconds !== undefined)
    .map((seconds) => seconds && Math.round(seconds * 1000));
  const others = candidate === known ? rest : { candidate, ...rest };
  const parts = [
    rules.options.indexOf(rule),
    ...(otherTokenId > 0 || left.length > 0 ? [otherTokenId] : []),
    ...left,
    ...(Object.keys(others).length > 0 ? [others] : []),
  ];
  return JSON.stringify(parts).slice(1, -1);
}

/** The reason that {@link storedReason} wrote into `column`. Throws `database_damaged`. */
export function readReason(text: string, column: string, { atMs, tokenId, tuple }: Row): Reason {
  const parts = parseList<Part>(`[${text}]`, column);
  const [code, otherTokenId, left, refreshLeft] = parts.filter(isNumber);
  const others = parts.find(isOthers);
  const rule = rules.options[code ?? -1];
  if (rule === undefined) throw damaged(column);
  return {
    rule,
    atMs,
    ...(tuple && { tuple }),
    ...(left !== undefined && {
      candidate: {
        tokenId: tokenId ?? Number(otherTokenId),
        state: 'ACTIVE',
        secondsLeft: left && left / 1000,
        ...(refreshLeft !== undefined && { refreshSecondsLeft: refreshLeft && refreshLeft / 1000 }),
      },
    }),
    ...others,
    ...(otherTokenId ? { otherTokenId } : {}),
  };
}
