import { useMemo } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';
import { extraScopes } from '../../topics/extraScopes.ts';
import { snippetName } from '../../topics/snippetForms.ts';
import { failureToast } from '../../window/toasts.ts';
import type { LookedAt } from '../../window/windowContext.ts';
import { tokenValues } from './tokenValues.ts';

/** Actions on one token, for its row and its page. A toast tells about failures. */
export interface TokenActions {
  /** Shows its calls in the snippet pane. */
  look(token: Token): void;
  /** Puts its application, key type, user and device into the context. */
  use(token: Token): void;
  /** Opens its page. The way back leads to the current list. */
  show(token: Token): void;
  copyToken(token: Token): void;
  /** Copies the command that requests this token, as the snippet pane writes it. */
  copyCommand(token: Token): void;
  /** Sets its expiry to this many seconds from now. */
  expire(token: Token, inSeconds: number): void;
  /** Uses its refresh token, and shows the new token. */
  refresh(token: Token): Promise<void>;
}

const lookedAtOf = (token: Token): LookedAt => ({
  application: token.application,
  keyType: token.keyType,
  username: token.userType === 'APPLICATION_USER' ? token.user : undefined,
  device: token.device,
  scope: extraScopes(token).join(' '),
  tokenId: token.id,
});

/** Gives the actions. The object stays the same. */
export function useTokenActions(): TokenActions {
  const { host, store } = useKeyfob();
  return useMemo(() => {
    const state = store.getState;
    const failed = (what: string, error: unknown) => state().toasts.show(failureToast(what, asKeyfobError(error)));

    const look = (token: Token) => state().windowContext.look(lookedAtOf(token));

    const showPage = (id: number) => {
      const { current } = state().route;
      const filter = current.screen === 'tokens' ? current.filter : undefined;
      state().route.go({ screen: 'tokens', token: String(id), ...(filter && { filter }) });
    };

    async function copyCommand(token: Token): Promise<void> {
      const { application, keyType, user, userType, device } = token;
      const { client, shell, secrets } = state().snippets;
      const name = snippetName(client).replace(/^c/, 'C');
      try {
        const { text, containsSecrets } = await host.call('snippets.render', {
          ...{ application, keyType, client, shell, secrets, scope: extraScopes(token).join(' ') },
          ...(userType === 'APPLICATION_USER' && { username: user }),
          ...(device !== undefined && { device }),
        });
        if (containsSecrets) await state().clipboard.copySecret(name, async () => text);
        else await state().clipboard.copy(name, text);
      } catch (error) {
        failed('The snippet was not copied.', error);
      }
    }

    async function expire({ id }: Token, inSeconds: number): Promise<void> {
      try {
        await host.call('tokens.setExpiry', { token: String(id), inSeconds });
        const title = inSeconds === 0 ? `Token ${id} has expired.` : `Token ${id} expires in ${inSeconds} s.`;
        state().toasts.show({ tone: 'good', title });
      } catch (error) {
        failed(`The expiry of token ${id} was not changed.`, error);
      }
    }

    return {
      look,
      use: (token) => void state().windowContext.take(lookedAtOf(token)),
      show(token) {
        look(token);
        showPage(token.id);
      },
      copyToken({ id }) {
        const reveal = async () => (await tokenValues({ host, store }, id)).accessToken;
        void state().clipboard.copySecret(`Token ${id}`, reveal);
      },
      copyCommand: (token) => void copyCommand(token),
      expire: (token, inSeconds) => void expire(token, inSeconds),
      async refresh({ id }) {
        try {
          const next = await host.call('tokens.refresh', { token: String(id) });
          showPage(next.id);
          state().toasts.show({ tone: 'good', title: `Token ${next.id} replaced token ${id}.` });
        } catch (error) {
          failed(`Token ${id} was not refreshed.`, error);
        }
      },
    };
  }, [host, store]);
}
