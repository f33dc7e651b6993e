import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { DefinitionList } from '../../ui/layout/DefinitionList.tsx';
import { Section } from '../../ui/layout/Section.tsx';
import { Copyable } from '../../ui/secrets/Copyable.tsx';
import styles from './endpoint.module.css';
import { IssuerHost } from './IssuerHost.tsx';
import { PortsForm } from './PortsForm.tsx';
import type { EndpointControl } from './useEndpointControl.ts';

interface AddressesProps {
  readonly status: EndpointStatus;
  readonly control: EndpointControl;
}

/** The URLs to copy, and the ports. */
export const Addresses = ({ status, control }: AddressesProps) => {
  const settings = useRead('settings.read', {}).value;
  const urls = [
    { term: 'Token', text: status.tokenUrl, what: 'token URL' },
    { term: 'Authorize', text: status.authorizeUrl, what: 'authorize URL' },
    { term: 'Revoke', text: status.revokeUrl, what: 'revoke URL' },
    { term: 'Introspect', text: status.introspectUrl, what: 'introspect URL' },
    { term: 'OpenID issuer', text: status.issuer, what: 'OpenID issuer' },
    { term: 'Token, plain HTTP', text: status.httpTokenUrl, what: 'HTTP token URL' },
    {
      term: 'DevPortal REST API',
      text: settings?.devPortal === true ? status.tokenUrl?.replace(/token$/, 'api/am/devportal/v3') : undefined,
      what: 'DevPortal URL',
    },
  ];
  return (
    <div className={styles.sections}>
      <Section title="URLs">
        {status.running ? (
          <DefinitionList
            items={[
              ...urls.flatMap(({ term, text, what }) =>
                text === undefined ? [] : [{ term, value: <Copyable text={text} what={what} /> }],
              ),
              { term: 'Listens on', value: status.addresses.join(', ') },
            ]}
          />
        ) : (
          <p className={styles.muted}>Shown while the endpoint runs.</p>
        )}
      </Section>
      <Section title="Ports">
        {settings !== undefined && <PortsForm status={status} settings={settings} control={control} />}
      </Section>
      {settings !== undefined && <IssuerHost settings={settings} />}
    </div>
  );
};
