import { Panel } from '../../ui/Panel.tsx';

/** Snippets of what is selected. */
export const SnippetPane = () => <Panel title="Snippets">Pick an application to see its calls.</Panel>;
