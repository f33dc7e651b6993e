import { z } from 'zod';
import { signInSettingTexts } from './signInSettingTexts.ts';

const choice = <const T extends readonly string[]>(values: T, { summary }: { readonly summary: string }) =>
  z.enum(values).describe(summary);
const onOff = ({ summary }: { readonly summary: string }) => z.boolean().describe(summary);

const texts = signInSettingTexts;

/** The settings of `/authorize` and its pages, with their defaults. Names of the OpenID reference, section 15. */
export const signInSettingsShape = {
  authorizeErrors: choice(['redirect', 'page'], texts.authorizeErrors).default('redirect'),
  loopbackPorts: onOff(texts.loopbackPorts).default(true),
  issParameter: onOff(texts.issParameter).default(true),
  maxAge: choice(['honour', 'auth_time'], texts.maxAge).default('honour'),
  consentKey: choice(['scopes', 'client'], texts.consentKey).default('scopes'),
  replayRevokes: onOff(texts.replayRevokes).default(true),
  verifierWithoutChallenge: choice(['refuse', 'ignore'], texts.verifierWithoutChallenge).default('refuse'),
  /** WSO2's `HandleAlreadyLoggedOutSessionsGracefully`. */
  repeatedLogout: choice(['finish', 'refuse'], texts.repeatedLogout).default('finish'),
  pickUserAtLogin: onOff(texts.pickUserAtLogin).default(true),
};
