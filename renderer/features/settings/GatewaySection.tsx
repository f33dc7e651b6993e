import { hrefOf } from '../../store/window/route.ts';
import { Section } from '../../ui/layout/Section.tsx';
import { ChoiceSetting } from './controls/ChoiceSetting.tsx';
import { HeaderSetting } from './controls/HeaderSetting.tsx';
import { NumberSetting } from './controls/NumberSetting.tsx';
import styles from './settings.module.css';

/** How the gateway answers requests to APIs, and calls their backends. */
export const GatewaySection = () => (
  <>
    <Section
      title="Replies"
      description={
        <>
          How requests to <a href={hrefOf({ screen: 'apis' })}>your APIs</a> are answered. The first option is the
          default.
        </>
      }
    >
      <div className={styles.settings}>
        <ChoiceSetting name="gatewayProfile" />
        <ChoiceSetting name="reasonHeader" />
        <ChoiceSetting name="retryAfter" />
        <ChoiceSetting name="echoRequestHeaders" />
      </div>
    </Section>
    <Section title="Tokens">
      <div className={styles.settings}>
        <HeaderSetting />
        <ChoiceSetting name="bearerCase" />
        <ChoiceSetting name="enforceTypeHeaderValidation" />
        <NumberSetting name="validationCacheSeconds" unit="seconds" min={0} max={86_400} step={60} />
        <NumberSetting name="validationCacheEntries" unit="tokens" min={1} max={1_000_000} step={1000} />
        <ChoiceSetting name="validationCacheEviction" />
      </div>
    </Section>
    <Section title="Backends">
      <div className={styles.settings}>
        <ChoiceSetting name="removeOAuthHeaders" />
        <ChoiceSetting name="backendJwt" />
        <NumberSetting name="backendTimeoutSeconds" unit="seconds" min={1} max={3600} step={10} />
        <NumberSetting name="backendSuspensionSeconds" unit="seconds" min={0} max={3600} step={10} />
      </div>
    </Section>
  </>
);
