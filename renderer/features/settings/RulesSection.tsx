import { Section } from '../../ui/layout/Section.tsx';
import { ChoiceSetting } from './controls/ChoiceSetting.tsx';
import { NumberSetting } from './controls/NumberSetting.tsx';
import { PatternsSetting } from './controls/PatternsSetting.tsx';
import { KeepingSection } from './KeepingSection.tsx';
import { SignInSection } from './SignInSection.tsx';
import styles from './settings.module.css';

/** Choices where WSO2's documentation and its code differ. */
export const RulesSection = () => (
  <>
    <Section
      title="Lifetime rules"
      description="Where WSO2's documentation and code differ, the first option follows the documentation."
    >
      <div className={styles.settings}>
        <ChoiceSetting name="minusOneMeans" />
        <ChoiceSetting name="infiniteUserTokenReuse" />
        <ChoiceSetting name="renewRefreshToken" />
        <ChoiceSetting name="renewRefreshTokenToo" />
        <NumberSetting name="skewSeconds" unit="seconds" min={0} max={3600} step={60} />
      </div>
    </Section>
    <Section title="Scopes">
      <div className={styles.settings}>
        <ChoiceSetting name="scopePolicy" />
        <PatternsSetting />
      </div>
    </Section>
    <Section title="OpenID Connect">
      <div className={styles.settings}>
        <ChoiceSetting name="requestedClaims" />
        <ChoiceSetting name="openidScopeClaims" />
        <ChoiceSetting name="subForm" />
        <NumberSetting name="idTokenValiditySeconds" unit="seconds" min={1} max={31_536_000} step={60} />
        <ChoiceSetting name="idTokenForClientCredentials" />
      </div>
    </Section>
    <SignInSection />
    <Section title="JWTs" description="Access tokens of keys with another token format than opaque.">
      <div className={styles.settings}>
        <ChoiceSetting name="reuseJwts" />
        <ChoiceSetting name="jwtHeader" />
        <ChoiceSetting name="jwtAlgorithm" />
        <ChoiceSetting name="rfc9068Algorithm" />
      </div>
    </Section>
    <KeepingSection />
    <Section title="Requests">
      <div className={styles.settings}>
        <ChoiceSetting name="refuseUrlParameters" />
        <ChoiceSetting name="emailUsernames" />
        <ChoiceSetting name="devPortal" />
      </div>
    </Section>
    <Section title="Replies">
      <div className={styles.settings}>
        <ChoiceSetting name="refreshedNeverExpiresIn" />
        <ChoiceSetting name="revokeHeaders" />
      </div>
    </Section>
  </>
);
