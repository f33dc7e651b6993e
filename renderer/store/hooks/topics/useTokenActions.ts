import { useMemo } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { useKeyfob } from '../../context.ts';
import { asKeyfobError } from '../../core/resource.ts';
import { snippetName } from '../../topics/snippetForms.ts';
import { extraScopes } from '../../topics/tokens/extraScopes.ts';
import { isExpired } from '../../topics/tokens/tokenFacts.ts';
import type { TokenVerbActions } from '../../verbs/tokenVerbs.ts';
import { hasContext } from '../../window/route.ts';
import { failureToast } from '../../window/toasts.ts';
import type { LookedAt } from '../../window/windowContext.ts';
import { tokenNowMsIn } from '../window/useTokenTime.ts';
import { hasValue, tokenValues } from './tokenValues.ts';
import { useClientName } from './useSnippet.ts';

/** Actions on one token, on any screen. A toast tells about failures. */
export interface TokenActions extends Omit<TokenVerbActions, 'client' | 'askToRevoke'> {
  /** Shows its calls in the snippet pane. */
  look(token: Token): void;
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

    /** Shows its calls in the pane, on a screen that has the pane. */
    const showPane = (token: Token) => {
      if (!hasContext(state().route.current.screen)) showPage(token.id);
      look(token);
      const { layout } = state();
      layout.openSnippetPane();
    };

    async function mintAgain(token: Token): Promise<void> {
      const { application, keyType, user, userType, device = '' } = token;
      try {
        const { items } = await host.call('devices.mint', {
          ...{ application, keyType, device: [device], scope: extraScopes(token).join(' ') },
          ...(userType === 'APPLICATION_USER' && { username: user }),
        });
        const isKept = items.some(({ reused }) => reused);
        const title = isKept ? `${device} keeps the token it has.` : `${device} has a token again.`;
        state().toasts.show({ tone: 'good', title });
      } catch (error) {
        failed(`The token of ${device} was not minted.`, error);
      }
    }

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
      hasValue: (token) => hasValue(state(), token),
      isOver: (token) => isExpired(token, tokenNowMsIn(state())),
      showCommand: showPane,
      showQr: (token) => state().qr.show(token),
      callApi(token) {
        showPane(token);
        state().snippets.queueRun('api', false);
      },
      share(token) {
        showPane(token);
        state().snippets.share();
      },
      mintAgain: (token) => void mintAgain(token),
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

/** Gives what the verbs of a token need. `askToRevoke` opens the dialog of the screen. */
export function useTokenVerbActions(askToRevoke: (token: Token) => void): TokenVerbActions & TokenActions {
  const actions = useTokenActions();
  const client = useClientName();
  return { ...actions, client, askToRevoke };
}
