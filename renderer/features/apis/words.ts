import { Ban, CircleCheck, CircleDashed, CircleSlash, FlaskConical, History, type LucideIcon } from 'lucide-react';
import type { Api, ApiState, AuthType } from '../../../preload/contract/apis.ts';
import type { Tone } from '../../ui/facts/tone.ts';

interface StateLook {
  readonly label: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
  /** The effect on requests. */
  readonly meaning: string;
}

/** The lifecycle states in their order. */
export const stateLooks: Readonly<Record<ApiState, StateLook>> = {
  CREATED: {
    label: 'Created',
    tone: 'neutral',
    icon: CircleDashed,
    meaning: 'Not deployed: requests get 404.',
  },
  PROTOTYPED: {
    label: 'Prototype',
    tone: 'warn',
    icon: FlaskConical,
    meaning: 'Takes requests without a token, and calls the production backend.',
  },
  PUBLISHED: {
    label: 'Published',
    tone: 'good',
    icon: CircleCheck,
    meaning: 'Takes requests of subscribed applications. New ones can subscribe.',
  },
  BLOCKED: {
    label: 'Blocked',
    tone: 'danger',
    icon: Ban,
    meaning: 'Refuses every request with 503 and code 700700.',
  },
  DEPRECATED: {
    label: 'Deprecated',
    tone: 'warn',
    icon: History,
    meaning: 'Existing subscriptions work. New ones are refused.',
  },
  RETIRED: {
    label: 'Retired',
    tone: 'neutral',
    icon: CircleSlash,
    meaning: 'Not deployed any longer: requests get 404.',
  },
};

/** The tokens that a resource takes. */
export const authWords: Readonly<Record<AuthType, { readonly label: string; readonly meaning: string }>> = {
  Any: { label: 'Any token', meaning: 'Application tokens and user tokens.' },
  Application: {
    label: 'Application tokens',
    meaning: 'In 2.6, user tokens get 900905. Later versions take any token.',
  },
  Application_User: {
    label: 'User tokens',
    meaning: 'In 2.6, application tokens get 900905. Later versions take any token.',
  },
  None: { label: 'No token', meaning: 'Open to everyone, without a token and a subscription.' },
};

/** An API's name as in the contract: `orders/1.0.0`. */
export const nameOf = ({ name, version }: Pick<Api, 'name' | 'version'>): string => `${name}/${version}`;

/** A backend in a few words: "echo", "none", "localhost:7001". */
export function backendWords(backend: string | null): string {
  if (backend === null) return 'none';
  return backend.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
