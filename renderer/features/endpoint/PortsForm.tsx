import type { EndpointStatus } from '../../../preload/contract/endpoint.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import { port as portSchema } from '../../../preload/contract/values.ts';
import { useDraft } from '../../store/hooks/window/useDraft.ts';
import { useUnsavedNotice } from '../../store/hooks/window/useUnsavedNotice.ts';
import { useToast } from '../../store/hooks/window/window.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Checkbox } from '../../ui/fields/Checkbox.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { NumberInput } from '../../ui/fields/NumberInput.tsx';
import styles from './endpoint.module.css';
import type { EndpointControl, Ports } from './useEndpointControl.ts';

interface Values {
  readonly port: number | undefined;
  readonly http: boolean;
  readonly httpPort: number | undefined;
}

/** WSO2's default for plain HTTP. */
const usualHttpPort = 8280;
const noPort = 'Enter a port from 0 (any free port) to 65535.';

const faultOf = (port: number | undefined): string | undefined =>
  portSchema.safeParse(port).success ? undefined : noPort;

/** Gives a draft's ports, or undefined while one is invalid. */
function portsOf({ port, http, httpPort }: Values): Ports | undefined {
  if (port === undefined || faultOf(port) !== undefined) return undefined;
  if (!http) return { port, httpPort: null };
  return httpPort === undefined || faultOf(httpPort) !== undefined ? undefined : { port, httpPort };
}

const isOther = (wished: number | null, now: number | undefined) => wished !== 0 && wished !== (now ?? null);

interface PortsFormProps {
  readonly status: EndpointStatus;
  readonly settings: Settings;
  readonly control: EndpointControl;
}

/** The ports. They are saved and used at once: a running endpoint moves to them. */
export const PortsForm = ({ status, settings, control }: PortsFormProps) => {
  const toast = useToast();
  const draft = useDraft<Values>('ports', {
    port: settings.port,
    http: settings.httpPort !== null,
    httpPort: settings.httpPort ?? usualHttpPort,
  });
  const { values, changed, change } = draft;
  const ports = portsOf(values);
  const { running } = status;
  const elsewhere = running && (isOther(settings.port, status.port) || isOther(settings.httpPort, status.httpPort));

  useUnsavedNotice(
    changed
      ? {
          title: "The endpoint's ports aren't saved.",
          back: { screen: 'endpoint', part: 'addresses' },
          alternative: 'Open “URLs and ports” again',
        }
      : undefined,
  );

  async function save(): Promise<void> {
    if (ports === undefined) return;
    const sent = { ...draft.changes };
    if (!(await (running ? control.use(ports) : control.keep(ports)))) return;
    draft.drop(sent);
    if (!running) toast({ tone: 'good', title: 'The ports are saved for the next start.' });
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={styles.ports}>
        <Field label="HTTPS port" error={faultOf(values.port)} hint="WSO2's default is 8243. 0 picks a free port.">
          <NumberInput value={values.port} onChange={(port) => change({ port })} min={0} max={65_535} />
        </Field>
        {values.http && (
          <Field label="HTTP port" error={faultOf(values.httpPort)} hint="WSO2's default is 8280.">
            <NumberInput value={values.httpPort} onChange={(httpPort) => change({ httpPort })} min={0} max={65_535} />
          </Field>
        )}
      </div>
      <Checkbox
        checked={values.http}
        onChange={(http) => change({ http })}
        label="Plain HTTP as well"
        description="For clients that can't use our certificate. Traffic is unencrypted on this machine."
      />
      {elsewhere && !changed && (
        <Banner tone="info" title={`It runs on port ${status.port} now.`}>
          These ports apply at the next start, or when you save them.
        </Banner>
      )}
      {(changed || elsewhere) && (
        <div className={styles.buttons}>
          <Button look="primary" type="submit" loading={control.pending} disabled={ports === undefined}>
            {running ? 'Save and restart' : 'Save ports'}
          </Button>
          {changed && <Button onClick={() => draft.drop()}>Discard</Button>}
        </div>
      )}
    </form>
  );
};
