import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import { ContextBar } from './context.ts';

/** The snippet pane. */
export class Snippets {
  readonly page: Page;
  readonly pane: Locator;
  readonly context: ContextBar;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('complementary', { name: 'Snippets' });
    this.context = new ContextBar(page);
  }

  /** The shown command or program. */
  get command(): Locator {
    return this.pane.getByRole('region', { name: /^\S+ (?:command|program)$/ });
  }

  /** The address of the sign-in page. */
  get address(): Locator {
    return this.pane.getByRole('region', { name: 'sign-in address' });
  }

  /** The sign-in that waits, or its token. */
  get signIn(): Locator {
    return this.pane.getByRole('status').filter({ hasText: /Waiting for you|Signed in/ });
  }

  get copyButton(): Locator {
    return this.button('Copy the curl command');
  }

  get run(): Locator {
    return this.pane.getByRole('button', { name: 'Run', exact: true });
  }

  /** The reply to the last run. */
  get reply(): Locator {
    return this.pane.getByRole('region', { name: 'Reply', exact: true });
  }

  get body(): Locator {
    return this.pane.getByRole('region', { name: 'reply body' });
  }

  field(label: 'API' | 'Grant' | 'Language' | 'Scopes' | 'Method' | 'URL'): Locator {
    return this.pane.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  /** The note that replaces the context. */
  get looked(): Locator {
    return this.pane.getByRole('status').filter({ hasText: 'Showing' });
  }

  /** One of a few visible options: secrets, TLS. */
  choice(name: string): Locator {
    return this.pane.getByRole('radio', { name, exact: true });
  }

  async show(call: string): Promise<void> {
    await this.pane.getByRole('tab', { name: call, exact: true }).click();
  }

  /** Presses a copy button, and gives the clipboard's text. */
  async copy(what = 'curl command'): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText('nothing copied'));
    await this.button(`Copy the ${what}`).click();
    await expect.poll(() => this.#clipboard()).not.toBe('nothing copied');
    return this.#clipboard();
  }

  #clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}

const run = promisify(execFile);

/** Runs a command in bash with these variables and no others of Keyfob's; gives its output. */
export async function paste(command: string, variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const { PATH } = process.env;
  const { stdout } = await run('bash', ['-c', `${command} -sS`], { env: { PATH, ...variables } });
  return stdout;
}
