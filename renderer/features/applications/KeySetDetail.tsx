import type { KeySet } from '../../../preload/contract/keys.ts';
import { ApplicationToken } from './ApplicationToken.tsx';
import { ConsumerKeys } from './ConsumerKeys.tsx';
import { KeySettings } from './KeySettings.tsx';

interface KeySetDetailProps {
  readonly keySet: KeySet;
  /** Another value whenever the keys were read again: then the secret may be another one. */
  readonly news: unknown;
}

/** The keys of one key type: the consumer's two values, the application token, and how tokens are issued. */
export const KeySetDetail = ({ keySet, news }: KeySetDetailProps) => (
  <>
    <ConsumerKeys keySet={keySet} news={news} />
    <ApplicationToken keySet={keySet} />
    <KeySettings keySet={keySet} />
  </>
);
