import { BadgeCheck } from 'lucide-react';
import { trustGuides } from '../../../preload/contract/trustTexts.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import type { PaletteGroup } from './entry.ts';

/** Only names are taken from the guides, so their commands may lack the real path. */
const guides = trustGuides('ca.pem', '');

/** Shows how each program trusts the endpoint's certificate. */
export function useCertificateActions(): PaletteGroup {
  const go = useGo();
  return {
    heading: 'Certificate',
    entries: guides.map(({ value, label, programs }) => ({
      id: `certificate ${value}`,
      label: `Certificate for ${label}…`,
      icon: BadgeCheck,
      keywords: ['trust', 'ca', 'tls', 'https', 'cacert', 'truststore', ...programs],
      run: () => go({ screen: 'endpoint', part: 'certificate', guide: value }),
    })),
  };
}
