import { Play } from 'lucide-react';
import { useState } from 'react';
import { useEndpointSwitch } from '../../store/hooks/useEndpointSwitch.ts';
import { useRead } from '../../store/hooks/useRead.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** Says that the endpoint is stopped, as the command would get no answer. */
export const Endpoint = () => {
  const running = useRead('endpoint.status', {}).value?.running;
  const { start } = useEndpointSwitch();
  const [starting, setStarting] = useState(false);
  if (running !== false) return null;
  const press = async () => {
    setStarting(true);
    await start();
    setStarting(false);
  };
  return (
    <Banner
      tone="warn"
      title="The endpoint is stopped."
      actions={
        <Button size="small" icon={Play} loading={starting} onClick={() => void press()}>
          Start
        </Button>
      }
    />
  );
};
