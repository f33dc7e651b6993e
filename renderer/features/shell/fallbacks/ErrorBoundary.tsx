import { Component, type ReactNode } from 'react';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { CopyButton } from '../../../ui/secrets/CopyButton.tsx';
import styles from './ErrorBoundary.module.css';

interface ErrorBoundaryState {
  readonly error: unknown;
}

/** The details for a report, without typed text or stored data. */
function detailsOf(error: unknown): string {
  const what = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return [`Keyfob window at ${location.hash}`, navigator.userAgent, what].join('\n');
}

/** Keeps an error in one part from breaking the window. Shows the details and a retry. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <div className={styles.root}>
        <Banner
          tone="danger"
          title="This part of the window failed."
          actions={
            <>
              <CopyButton what="details" label="Copy the details" getText={() => detailsOf(error)} />
              <Button size="small" look="primary" onClick={() => this.setState({ error: undefined })}>
                Try again
              </Button>
            </>
          }
        >
          Nothing that was saved is lost. If it fails again, reload the window and report it with the details.
        </Banner>
        <pre className={styles.details}>{detailsOf(error)}</pre>
      </div>
    );
  }
}
