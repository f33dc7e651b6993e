import { PageHeader } from '../../ui/PageHeader.tsx';

/** Device tokens. */
export const DevicesScreen = () => <PageHeader title="Device tokens" />;
