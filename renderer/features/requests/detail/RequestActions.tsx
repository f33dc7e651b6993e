import { ChevronDown, ChevronUp, Download, Ellipsis, Funnel, RotateCw, TerminalSquare, Ticket } from 'lucide-react';
import type { LoggedRequest } from '../../../../preload/contract/requests.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useMainAction } from '../../../store/hooks/window/useCommands.ts';
import { useGo, useToast } from '../../../store/hooks/window/window.ts';
import type { Route } from '../../../store/window/route.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { Menu } from '../../../ui/overlays/Menu.tsx';
import { useExportHar } from '../useExportHar.ts';
import { useShowSnippet } from './useShowSnippet.ts';

export interface RequestActionsProps {
  readonly request: LoggedRequest;
  /** The list to return to. */
  readonly list: Extract<Route, { readonly screen: 'requests' }>;
  /** The neighbours in the list. */
  readonly newer: LoggedRequest | undefined;
  readonly older: LoggedRequest | undefined;
}

/** The next steps from a request. */
export const RequestActions = ({ request, list, newer, older }: RequestActionsProps) => {
  const { host } = useKeyfob();
  const go = useGo();
  const toast = useToast();
  const showSnippet = useShowSnippet();
  const har = useExportHar();
  const { sequence, tokenId, application, keyType, hasDetails, source } = request;
  // A tool that a model called is no HTTP request.
  const isHttp = source === undefined;
  const open = (other: number | undefined) => other !== undefined && go({ ...list, part: String(other) });
  const repeat = async () => {
    try {
      open((await host.call('requests.repeat', { sequence })).request.sequence);
    } catch (error) {
      toast(failureToast('The request was not repeated.', asKeyfobError(error)));
    }
  };
  useMainAction('Repeat the request', isHttp && hasDetails === true ? () => void repeat() : undefined);
  const narrow = () => go({ screen: 'requests', filter: { application: application ?? '' } });
  const menu = [
    ...(isHttp ? [{ label: 'Export as HAR', icon: Download, onSelect: () => void har.run([sequence]) }] : []),
    ...(application === undefined
      ? []
      : [{ label: `Only requests of ${application}`, icon: Funnel, onSelect: narrow }]),
  ];
  return (
    <>
      {isHttp && hasDetails === true && (
        <Button icon={RotateCw} onClick={() => void repeat()}>
          Repeat
        </Button>
      )}
      {isHttp && application !== undefined && keyType !== undefined && (
        <Button icon={TerminalSquare} onClick={() => void showSnippet(request, { application, keyType })}>
          As a snippet
        </Button>
      )}
      {tokenId !== undefined && (
        <Button icon={Ticket} onClick={() => go({ screen: 'tokens', token: String(tokenId) })}>
          Token {tokenId}
        </Button>
      )}
      {menu.length > 0 && (
        <Menu
          trigger={<IconButton icon={Ellipsis} name="Actions for this request" hint="More" look="secondary" />}
          groups={[menu]}
        />
      )}
      <IconButton
        icon={ChevronUp}
        name="Newer request"
        look="secondary"
        disabled={newer === undefined}
        onClick={() => open(newer?.sequence)}
      />
      <IconButton
        icon={ChevronDown}
        name="Older request"
        look="secondary"
        disabled={older === undefined}
        onClick={() => open(older?.sequence)}
      />
    </>
  );
};
