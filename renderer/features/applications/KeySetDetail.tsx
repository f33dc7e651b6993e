import type { KeySet } from '../../../preload/contract/keys.ts';
import { ApplicationToken } from './ApplicationToken.tsx';
import { ConsumerKeys } from './ConsumerKeys.tsx';
import { KeySettings } from './KeySettings.tsx';

interface KeySetDetailProps {
  readonly keySet: KeySet;
  /** Changes whenever the keys are read again, as the secret may differ. */
  readonly news: unknown;
}

/** The keys of one key type: consumer key and secret, application token, and token settings. */
export const KeySetDetail = ({ keySet, news }: KeySetDetailProps) => (
  <>
    <ConsumerKeys keySet={keySet} news={news} />
    <ApplicationToken keySet={keySet} />
    <KeySettings keySet={keySet} />
  </>
);
