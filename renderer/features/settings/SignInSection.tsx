import { Section } from '../../ui/layout/Section.tsx';
import { ChoiceSetting } from './controls/ChoiceSetting.tsx';
import styles from './settings.module.css';

/** How users sign in for apps, and how codes are exchanged. */
export const SignInSection = () => (
  <Section title="Sign-in" description="For the authorization code grant: /authorize, /oidc/logout and their pages.">
    <div className={styles.settings}>
      <ChoiceSetting name="pickUserAtLogin" />
      <ChoiceSetting name="consentKey" />
      <ChoiceSetting name="authorizeErrors" />
      <ChoiceSetting name="loopbackPorts" />
      <ChoiceSetting name="issParameter" />
      <ChoiceSetting name="maxAge" />
      <ChoiceSetting name="repeatedLogout" />
      <ChoiceSetting name="replayRevokes" />
      <ChoiceSetting name="verifierWithoutChallenge" />
    </div>
  </Section>
);
