import { FilterX, KeyRound, Smartphone, Ticket } from 'lucide-react';
import { useGo } from '../../../store/hooks/window/window.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';

/** No tokens exist, or none match the filters. */
export const NoTokens = ({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) => {
  const go = useGo();
  if (filtered) {
    return (
      <EmptyState
        icon={FilterX}
        title="No tokens match"
        action={
          <Button look="primary" onClick={onClear}>
            Clear the filters
          </Button>
        }
      >
        Change the filters, or clear them to see all tokens.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Ticket}
      title="No token yet"
      action={
        <Button look="primary" icon={Smartphone} onClick={() => go({ screen: 'devices' })}>
          Mint device tokens
        </Button>
      }
      secondary={
        <Button icon={KeyRound} onClick={() => go({ screen: 'applications' })}>
          Generate keys
        </Button>
      }
    >
      Every token that Keyfob issues is listed here, whether you mint it or an app gets it from the endpoint.
    </EmptyState>
  );
};
