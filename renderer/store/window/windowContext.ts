import { deviceName, id, type KeyType, keyType as keyTypes } from '../../../preload/contract/values.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { UsesPreferences } from './preferences.ts';
import { failureToast, type ToastsSlice } from './toasts.ts';

/** A token or key set that the snippet pane shows instead of the context. It has names, as rows do. */
export interface LookedAt {
  readonly application: string;
  readonly keyType: KeyType;
  /** Absent for application tokens. */
  readonly username?: string | undefined;
  /** A device's name, without `device_`. */
  readonly device?: string | undefined;
  /** Extra scopes, separated by spaces. */
  readonly scope: string;
  readonly tokenId?: number | undefined;
}

/** The application, key type, user and device that form, list and snippet pane share. Ids survive a rename. */
interface Chosen {
  readonly applicationId: number | undefined;
  readonly keyType: KeyType;
  /** `null`: no user, for application tokens. `undefined`: not chosen yet. */
  readonly userId: number | null | undefined;
  readonly device: string | undefined;
}

type Picker = 'application' | 'user';

export interface WindowContextSlice {
  readonly chosen: Chosen;
  /** The last names, to say which application or user was deleted. */
  readonly names: Readonly<Partial<Record<Picker, string>>>;
  /** The open picker of the context bar. */
  readonly picking: Picker | undefined;
  /** Shown in the snippet pane instead of the context, until the screen or the context changes. */
  readonly lookedAt: LookedAt | undefined;
  /** Changes the context on a person's request. Another application forgets the device. */
  use(patch: Partial<Chosen>): void;
  /** Makes a shown token or key set the context. A toast says why when it can't. */
  take(at: LookedAt): Promise<void>;
  /** Sets the application and the user, where none is chosen yet. */
  begin(patch: Partial<Chosen>): void;
  /** Keeps the names of the chosen application and user. */
  named(names: WindowContextSlice['names']): void;
  /** Opens a picker of the context bar, or closes it. */
  pick(picker: Picker | undefined): void;
  /** Shows a token or key set in the snippet pane. `undefined` shows the context again. */
  look(at: LookedAt | undefined): void;
}

const storageKey = 'keyfob.context';

/** The context that this tab stored. A new tab starts with the last chosen key type. */
function kept(lastKeyType: KeyType): Chosen {
  let found: Record<string, unknown> = {};
  try {
    found = Object(JSON.parse(sessionStorage.getItem(storageKey) ?? ''));
  } catch {
    // Nothing is stored, or it is not JSON.
  }
  const { applicationId, keyType, userId, device } = found;
  return {
    applicationId: id.safeParse(applicationId).data,
    keyType: keyTypes.safeParse(keyType).data ?? lastKeyType,
    userId: userId === null ? null : id.safeParse(userId).data,
    device: deviceName.safeParse(device).data,
  };
}

type Uses = UsesPreferences & {
  readonly toasts: ToastsSlice;
  readonly snippets: { chooseScope(applicationId: number, scope: string): void };
};

export const windowContextSlice: MakeSlice<WindowContextSlice, Uses> = ({ host, get, set, uses, preferences }) => {
  const keep = (chosen: Chosen) => {
    sessionStorage.setItem(storageKey, JSON.stringify(chosen));
    return { chosen };
  };
  return {
    chosen: kept(preferences.keyType ?? 'PRODUCTION'),
    names: {},
    picking: undefined,
    lookedAt: undefined,
    use(patch) {
      const before = get().chosen;
      const isOther = 'applicationId' in patch && patch.applicationId !== before.applicationId;
      if (patch.keyType !== undefined) uses().preferences.keep({ keyType: patch.keyType });
      set({ ...keep({ ...before, ...(isOther && { device: undefined }), ...patch }), lookedAt: undefined });
    },
    async take({ application, keyType, username, device, scope }) {
      try {
        const { id: applicationId } = await host.call('applications.read', { application });
        const { items } = await host.call('users.list', {});
        const user = items.find((one) => one.username === username);
        if (username !== undefined && user === undefined) {
          uses().toasts.show({ tone: 'warn', title: `${username} was deleted, so the context stays as it is.` });
          return;
        }
        get().use({ applicationId, keyType, userId: user?.id ?? null, device });
        uses().snippets.chooseScope(applicationId, scope);
      } catch (error) {
        uses().toasts.show(failureToast('The context stays as it is.', asKeyfobError(error)));
      }
    },
    begin(patch) {
      const { applicationId = patch.applicationId, userId = patch.userId, ...rest } = get().chosen;
      set(keep({ ...rest, applicationId, userId }));
    },
    named(found) {
      const { names } = get();
      const next = { ...names, ...found };
      if (next.application !== names.application || next.user !== names.user) set({ names: next });
    },
    pick: (picking) => set({ picking }),
    look: (lookedAt) => set({ lookedAt }),
  };
};
