import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { Badge } from '../../ui/facts/Badge.tsx';
import { VisuallyHidden } from '../../ui/layout/VisuallyHidden.tsx';
import { outcomeLooks, outcomeOf } from './requestWords.ts';

const icons = { ok: CircleCheck, refused: CircleX, failed: CircleAlert };

/** The outcome as a status code, a sign and a word for screen readers. */
export const OutcomeBadge = ({ request }: { readonly request: LoggedRequest }) => {
  const outcome = outcomeOf(request);
  const { word, tone } = outcomeLooks[outcome];
  return (
    <Badge tone={tone} icon={icons[outcome]}>
      {request.status}
      <VisuallyHidden> {word}</VisuallyHidden>
    </Badge>
  );
};
