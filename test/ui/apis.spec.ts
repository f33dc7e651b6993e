import { test as base, expect } from './harness/fixtures.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { ApisPage } from './pages/apis.ts';

const test = base.extend<{ readonly apis: ApisPage }>({
  apis: async ({ shell, page }, use) => {
    await expect(shell.navigation).toBeVisible();
    const apis = new ApisPage(page);
    await apis.show();
    await use(apis);
  },
});

const orders = { name: 'Orders', version: '2.1', productionBackend: 'http://localhost:7001', sandboxBackend: null };

test('lists the APIs, finds them, and shows a call of one', async ({ apis, page, keyfob }) => {
  await keyfob.call('applications.create', { name: 'Shop' });
  await keyfob.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await keyfob.call('apis.create', { ...orders, state: 'BLOCKED', tier: '10KPerMin', isDefaultVersion: true });
  await expect(apis.row('Orders/2.1')).toContainText('/orders/2.1');
  await apis.row('Orders/2.1').getByRole('button', { name: 'Copy the URL' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('https://localhost:8243/orders/2.1');
  await expect(apis.row('Orders/2.1')).toContainText('Blocked');
  await expect(apis.row('Orders/2.1')).toContainText('localhost:7001');
  await expect(apis.row('Orders/2.1')).toContainText('Sandbox: none');
  await expect(apis.row('echo/1.0')).toContainText('open to all');
  await expectAccessible(page);
  await takePictures(page, 'apis');
  await apis.press('Mod+f');
  await page.keyboard.type('blocked 7001');
  await expect(apis.row('echo/1.0')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(apis.heading).toHaveText('Orders');
  await page.getByRole('button', { name: 'Call it' }).click();
  await expect(apis.snippets.getByRole('tab', { name: 'Call an API' })).toHaveAttribute('aria-selected', 'true');
  await expect(apis.snippets.getByLabel('URL', { exact: true })).toHaveValue(/:8243\/orders\/2\.1$/);
});

test('creates an API with its URL in view, and opens its page', async ({ apis, page, keyfob }) => {
  await apis.press('Alt+n');
  const dialog = apis.dialog('New API');
  await dialog.getByLabel('Name').fill('Pizza Shack');
  await expect(dialog.getByText('https://localhost:8243/pizza-shack/1.0.0')).toBeVisible();
  await dialog.getByLabel('Context').fill('/{version}/pizza');
  await dialog.getByLabel('Version').fill('v2');
  await expect(dialog.getByText('https://localhost:8243/v2/pizza')).toBeVisible();
  await dialog.getByRole('radio', { name: 'URL' }).click();
  await apis.press('Mod+Enter');
  await expect(dialog.getByText('Enter the URL of the backend')).toBeVisible();
  await dialog.getByLabel('URL of the backend').fill('https://pizza.test');
  await expectAccessible(page);
  await takePictures(page, 'apis-new');
  await dialog.getByRole('button', { name: 'Create API' }).click();
  await expect(apis.heading).toHaveText('Pizza Shack');
  const made = await keyfob.call('apis.read', { api: 'Pizza Shack' });
  expect([made.basePath, made.productionBackend, made.sandboxBackend]).toEqual([
    '/v2/pizza',
    'https://pizza.test',
    'https://pizza.test',
  ]);
});

test('changes an API, keeps unsaved text, and shows errors at their fields', async ({ apis, page, keyfob }) => {
  const { id } = await keyfob.call('apis.create', orders);
  await apis.row('Orders/2.1').click();
  await expect(apis.heading).toHaveText('Orders');
  await page.getByRole('radio', { name: 'Deprecated' }).click();
  await page.getByLabel('Context').fill('orders');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await expect(bar).toContainText('Fix first: Context.');
  await page.getByLabel('Context').fill('/echo');
  await page.getByRole('textbox', { name: 'Version' }).fill('1.0');
  await bar.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'echo/1.0' })).toBeVisible();
  await apis.goTo('Scopes');
  await expect(apis.toast("Changes to the API Orders/2.1 aren't saved.")).toBeVisible();
  await apis.toast("aren't saved").getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByLabel('Context')).toHaveValue('/echo');
  await page.getByLabel('Context').fill('/sales');
  await page.getByRole('region', { name: 'CORS' }).getByRole('radio', { name: 'Own lists' }).click();
  await expectAccessible(page);
  await takePictures(page, 'apis-detail');
  await apis.press('Mod+Enter');
  await expect(bar).toBeHidden();
  const saved = await keyfob.call('apis.read', { api: String(id) });
  expect([saved.state, saved.basePath, saved.cors?.enabled]).toEqual(['DEPRECATED', '/sales/1.0', true]);
  await apis.act('Orders/1.0', 'Delete…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(apis.heading).toHaveText('APIs');
  await expect(apis.row('echo/1.0')).toBeVisible();
});

test('adds, orders and deletes resources by keyboard', async ({ apis, page, keyfob }) => {
  await keyfob.call('scopes.create', { name: 'orders:read' });
  const { id } = await keyfob.call('apis.create', { ...orders, resources: [] });
  await apis.openAt(id, 'resources');
  await expect(page.getByText('No resource yet')).toBeVisible();
  await apis.press('Alt+n');
  const dialog = apis.dialog('New resource');
  await dialog.getByLabel('URI template').fill('orders');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('A URI template starts with a slash')).toBeVisible();
  await dialog.getByLabel('URI template').fill('/orders/{id}');
  await dialog.getByRole('checkbox', { name: 'DELETE' }).press('Space');
  await dialog.getByRole('combobox', { name: 'Scopes' }).fill('orders:read ');
  await expectAccessible(page);
  await takePictures(page, 'apis-resource-new');
  await apis.press('Mod+Enter');
  const rows = apis.resources.getByRole('row');
  await expect(rows).toHaveText([/Verb/, /^GET\/orders\/\{id\}Any tokenorders:read/, /^DELETE\/orders/]);
  const answer = page.getByRole('status', { name: 'Answer' });
  await expect(answer).toContainText('No resource of Orders/2.1 matches');
  await page.getByLabel('Path of the request').fill('/orders/2.1/orders/7');
  await expect(answer).toContainText('leads to /orders/{id}');
  await page.getByLabel('Verb of the request').selectOption('PUT');
  await expect(answer).toContainText('not PUT');
  await keyfob.call('apis.setResource', { api: 'Orders', verb: 'GET', template: '/orders/{name}', authType: 'None' });
  await expect(rows).toHaveCount(4);
  await takePictures(page, 'apis-resources');
  const up = page.getByRole('button', { name: 'Move GET /orders/{name} up' });
  await up.press('Enter');
  await expect(rows.nth(2)).toContainText('{name}');
  await expect(up).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows.nth(1)).toContainText('{name}');
  await page.getByRole('button', { name: 'Delete DELETE /orders/{id}' }).press('Enter');
  await expect(rows).toHaveCount(3);
  await apis.toast('DELETE /orders/{id} was deleted.').getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(4);
  const stored = async () =>
    (await keyfob.call('apis.read', { api: 'Orders' })).resources.map(({ verb, template }) => `${verb} ${template}`);
  await expect.poll(stored).toEqual(['GET /orders/{name}', 'GET /orders/{id}', 'DELETE /orders/{id}']);
});

const definition = `openapi: 3.0.1
info: { title: Orders, version: '3.0' }
servers: [{ url: 'http://localhost:7001' }]
paths:
  /orders/{id}:
    get: { security: [{ default: [read_orders] }], responses: {} }
    trace: { responses: {} }
components:
  securitySchemes:
    default: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://a.test', scopes: { read_orders: reads } } } }
`;

test('imports an OpenAPI document after a preview, and replaces an API', async ({ apis, page, keyfob }) => {
  const open = async (name: string) => {
    await page.getByRole('button', { name: 'Import OpenAPI' }).click();
    await apis.dialog('Import OpenAPI').getByRole('radio', { name }).click();
  };
  const preview = apis.dialog('Preview of this import');
  await open('Text');
  const dialog = apis.dialog('Import OpenAPI');
  await dialog.getByLabel('OpenAPI document').fill('openapi: [');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('The document cannot be read.')).toBeVisible();
  await dialog.getByLabel('OpenAPI document').fill(definition);
  await expectAccessible(page);
  await takePictures(page, 'apis-import');
  await apis.press('Mod+Enter');
  await expect(preview).toContainText('Orders/3.0');
  await expect(preview).toContainText('GET /orders/{id}');
  await expect(preview).toContainText('read_orders');
  await expect(preview).toContainText('trace /orders/{id} was ignored');
  await expectAccessible(page);
  await takePictures(page, 'apis-import-preview');
  expect((await keyfob.call('apis.list', {})).items).toHaveLength(1);
  await preview.getByRole('button', { name: 'Create API' }).click();
  await expect(apis.heading).toHaveText('Orders');
  await keyfob.call('apis.deleteResource', { api: 'Orders', verb: 'GET', template: '/orders/{id}' });
  await apis.show();
  await open('File');
  const file = { name: 'orders.yaml', mimeType: 'text/yaml', buffer: Buffer.from(definition) };
  await dialog.getByLabel('OpenAPI file').setInputFiles(file);
  await dialog.getByRole('checkbox', { name: /Replace/ }).click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(preview).toContainText('Orders/3.0 exists already.');
  await preview.getByRole('button', { name: 'Replace API' }).click();
  await expect(apis.heading).toHaveText('Orders');
  expect((await keyfob.call('apis.read', { api: 'Orders' })).resources).toHaveLength(1);
});
