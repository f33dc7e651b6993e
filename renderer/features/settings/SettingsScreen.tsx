import { PageHeader } from '../../ui/PageHeader.tsx';

/** Settings. */
export const SettingsScreen = () => <PageHeader title="Settings" />;
