import type { FaultKind, FaultRoute } from '../../../preload/contract/faults.ts';
import type { KeyType } from '../../../preload/contract/values.ts';

/** A fault as it is kept: its target by ids, so that a renamed application or API keeps it. */
export interface ActiveFault {
  readonly id: number;
  readonly kind: FaultKind;
  readonly left: number;
  readonly seconds: number;
  readonly applicationId: number | undefined;
  readonly keyType: KeyType | undefined;
  readonly apiId: number | undefined;
  readonly route: FaultRoute | undefined;
}

/** The faults on purpose, in memory, oldest first. */
export interface FaultList {
  list(): readonly ActiveFault[];
  add(fault: Omit<ActiveFault, 'id'>): ActiveFault;
  /** Ends a fault, and gives it; `undefined` for an unknown one. */
  end(id: number): ActiveFault | undefined;
  /** Ends all, and gives their number. */
  endAll(): number;
  /** Gives the oldest fault that matches, with one reply less; one without replies left has ended. */
  take(matches: (fault: ActiveFault) => boolean): ActiveFault | undefined;
}

/** Creates an empty list. */
export const createFaultList = (): FaultList => {
  let faults: readonly ActiveFault[] = [];
  let lastId = 0;
  return {
    list: () => faults,
    add(fault) {
      lastId += 1;
      const added = { ...fault, id: lastId };
      faults = [...faults, added];
      return added;
    },
    end(id) {
      const ended = faults.find((one) => one.id === id);
      faults = faults.filter((one) => one !== ended);
      return ended;
    },
    endAll() {
      const { length } = faults;
      faults = [];
      return length;
    },
    take(matches) {
      const found = faults.find(matches);
      if (found === undefined) return undefined;
      const taken = { ...found, left: found.left - 1 };
      faults = faults.map((one) => (one === found ? taken : one)).filter(({ left }) => left > 0);
      return taken;
    },
  };
};

/** Routes that never give a kind of reply. */
const never: Readonly<Partial<Record<FaultKind, readonly FaultRoute[]>>> = {
  invalid_grant: ['introspect', 'userinfo', 'gateway'],
  invalid_client: ['userinfo', 'gateway'],
  expired: ['revoke'],
};

/** Whether a route can give this kind of reply. */
export const fitsRoute = (kind: FaultKind, route: FaultRoute): boolean => !never[kind]?.includes(route);
