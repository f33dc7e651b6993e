import { type ReactNode, useEffect } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { useCall } from '../../store/hooks/calls/useCall.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import type { Route } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Stage } from '../../ui/stage/Stage.tsx';
import { Steps } from '../../ui/stage/Steps.tsx';
import { NextSteps } from './NextSteps.tsx';
import { ReadyCommand } from './ReadyCommand.tsx';
import { ReadyDevices } from './ReadyDevices.tsx';
import { doneAt, stepTitles } from './steps.ts';

interface ReadyStepProps {
  /** No application with Production keys exists. */
  readonly onNoApplication: () => void;
  readonly onLeave: () => void;
}

const StoppedEndpoint = () => {
  const start = useCall('endpoint.start');
  return (
    <Banner
      tone="warn"
      title="The endpoint is stopped, so this command gets no answer yet."
      actions={
        <Button size="small" loading={start.pending} onClick={() => void start.run({})}>
          Start the endpoint
        </Button>
      }
    >
      {start.error?.message}
    </Banner>
  );
};

/** The end of the first start: a command that works, and next steps. All of it is read, so a reload shows the same. */
export const ReadyStep = ({ onNoApplication, onLeave }: ReadyStepProps) => {
  const go = useGo();
  const take = useKeyfobState((state) => state.windowContext.take);
  const applications = useRead('applications.list', {}).value?.items;
  const running = useRead('endpoint.status', {}).value?.running;
  const made = applications
    ?.filter(({ keyTypes }) => keyTypes.includes('PRODUCTION'))
    .toSorted((one, other) => other.id - one.id)[0];
  const owner = made && ({ application: String(made.id), keyType: 'PRODUCTION' } as const);
  const tokens = useRead('devices.list', owner).value?.items;

  const none = applications !== undefined && made === undefined;
  useEffect(() => {
    if (none) onNoApplication();
  }, [none, onNoApplication]);

  const stage = (description: ReactNode, children: ReactNode) => (
    <Stage title="Keyfob is ready" description={description} above={<Steps titles={stepTitles} done={doneAt.ready} />}>
      {children}
    </Stage>
  );
  if (made === undefined || owner === undefined || tokens === undefined) {
    return stage(undefined, <Skeleton lines={4} label="Loading the command" />);
  }
  // Newest first. The command is about the oldest.
  const minted = tokens.toReversed().filter(({ device }) => device !== undefined);
  const [first] = minted;
  const user = first?.userType === 'APPLICATION_USER' ? first.user : undefined;
  const whose = {
    ...owner,
    ...(user !== undefined && { username: user }),
    ...(first?.device !== undefined && { device: first.device }),
  };
  const leave = (route: Route) => {
    // Put the new application into the context, for every screen.
    void take({ application: made.name, keyType: owner.keyType, username: user, device: first?.device, scope: '' });
    onLeave();
    go(route);
  };
  return stage(
    first === undefined
      ? `${made.name} has Production keys. Paste this into a terminal to get an application token.`
      : `Each device has its own token. Paste this into a terminal to get ${first.device}'s.`,
    <>
      {running === false && <StoppedEndpoint />}
      {minted.length > 0 && <ReadyDevices tokens={minted} />}
      <ReadyCommand
        whose={whose}
        leave={
          <Button
            size="large"
            onClick={() => leave({ screen: 'applications', application: owner.application, keyType: owner.keyType })}
          >
            Go to {made.name}
          </Button>
        }
      />
      <NextSteps onPick={leave} />
    </>,
  );
};
