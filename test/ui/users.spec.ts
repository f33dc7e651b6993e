import { test as base, expect } from './harness/fixtures.ts';
import type { ServedKeyfob } from './harness/keyfob.ts';
import { expectAccessible, takePictures } from './harness/looks.ts';
import { UsersPage } from './pages/users.ts';

const test = base.extend<{ readonly users: UsersPage }>({
  users: async ({ shell, page }, use) => {
    await expect(shell.navigation).toBeVisible();
    const users = new UsersPage(page);
    await users.show();
    await use(users);
  },
});

const password = 'a-password-of-ann';

/** Two users. One owns an application and has three active tokens. */
async function populate({ call }: ServedKeyfob): Promise<void> {
  await call('users.create', { username: 'ann', password, roles: ['manager', 'support'] });
  await call('users.create', { username: 'bob', password: 'bobs', roles: ['support'] });
  await call('applications.create', { name: 'Shop', owner: 'ann' });
  await call('applications.create', { name: 'Billing' });
  await call('keys.generate', { application: 'Billing', keyType: 'PRODUCTION' });
  const device = ['ipad', 'iphone', 'pixel'];
  await call('devices.mint', { application: 'Billing', keyType: 'PRODUCTION', username: 'ann', device });
}

test('creates a user with a generated password and existing roles', async ({ users, page, keyfob }) => {
  await keyfob.call('scopes.create', { name: 'orders:write', roles: ['manager'] });
  await expect(page.getByText('No users yet')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'users-empty');
  await page.getByRole('button', { name: 'New user' }).first().click();
  const dialog = users.dialog('New user');
  await dialog.getByLabel('Username').fill('ann');
  await dialog.getByRole('button', { name: 'Generate' }).click();
  await dialog.getByRole('button', { name: 'Copy the password' }).click();
  await dialog.getByRole('button', { name: 'Show the text' }).click();
  const made = await dialog.getByLabel(/^Password/).inputValue();
  expect(made).toMatch(/^[A-Za-z0-9]{16}$/);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(made);
  await dialog.getByRole('combobox', { name: 'Roles' }).focus();
  await page.getByRole('option', { name: /manager.*gives orders:write/ }).click();
  await dialog.getByRole('combobox', { name: 'Roles' }).fill('support');
  await expectAccessible(page);
  await takePictures(page, 'users-new');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(dialog).toBeHidden();
  await expect(users.toast('User ann created.')).toBeVisible();
  await expect(users.row('ann')).toContainText('manager');
  await expect(users.row('ann')).toContainText('support');
  expect(await keyfob.call('users.reveal', { user: 'ann' })).toEqual({ username: 'ann', password: made });
});

test('shows errors of a new user next to their fields', async ({ users, page, keyfob }) => {
  await keyfob.call('users.create', { username: 'ann', password });
  await users.press('Alt+n');
  const dialog = users.dialog('New user');
  await dialog.getByLabel('Username').fill('an n');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(dialog.getByText(/A username has no spaces/)).toBeVisible();
  await expect(dialog.getByText('The password must not be empty.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'users-new-faults', ['960x640']);
  await dialog.getByLabel('Username').fill('ann');
  await dialog.getByLabel(/^Password/).fill('another');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(dialog.getByText('A user named "ann" already exists. Choose another name.')).toBeVisible();
  await expect(dialog.getByLabel('Username')).toBeFocused();
  await expect(dialog.getByLabel('Username')).toHaveAttribute('aria-invalid', 'true');
});

test('explains an e-mail address as a user name, and how to use it as the name', async ({ users, keyfob }) => {
  await users.press('Alt+n');
  const dialog = users.dialog('New user');
  await dialog.getByLabel('Username').fill('kim@example.com');
  await expect(dialog.getByText('kim in the tenant example.com')).toBeVisible();
  await expectAccessible(users.page);
  await takePictures(users.page, 'users-new-email', ['960x640']);
  await dialog.getByRole('button', { name: 'Use kim@example.com@carbon.super' }).click();
  await expect(dialog.getByLabel('Username')).toHaveValue('kim@example.com@carbon.super');
  await expect(dialog.getByText('kim in the tenant example.com')).toBeHidden();
  await keyfob.call('settings.write', { emailUsernames: true });
  await dialog.getByLabel('Username').fill('ann@example.com');
  await dialog.getByLabel(/^Password/).fill(password);
  await expect(dialog.getByText('in the tenant')).toBeHidden();
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await expect(users.row('ann@example.com@carbon.super')).toBeVisible();
});

test('shows and copies a password, and hides it while presenting', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await users.row('ann').getByRole('button', { name: 'Copy the password of ann' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(password);
  await users.row('ann').getByRole('button', { name: 'Show the password of ann' }).click();
  await expect(users.row('ann').getByText(password)).toBeVisible();
  await takePictures(page, 'users-revealed', ['1280x800']);
  await users.press('Mod+Shift+h');
  await expect(page.getByText(password)).toHaveCount(0);
});

test('a new password names the tokens that it revokes', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await expect(users.row('ann').getByRole('link', { name: '3 active tokens of ann' })).toBeVisible();
  await users.act('ann', 'New password…');
  const dialog = users.dialog('New password of ann');
  await expect(dialog.getByText('3 tokens will be revoked.')).toBeVisible();
  await expect(dialog.getByText(/Billing Production, device ipad/)).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'users-password');
  await dialog.getByLabel(/^Password/).fill('newer');
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await expect(users.toast('ann has a new password.')).toBeVisible();
  expect((await keyfob.call('tokens.count', { user: 'ann', validity: 'valid' })).total).toBe(0);
  await expect(users.row('ann').getByRole('link', { name: /active tokens/ })).toHaveCount(0);
  expect((await keyfob.call('users.reveal', { user: 'ann' })).password).toBe('newer');
});

test('explains the owner without a password, and sets one', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await expect(users.row('admin')).toContainText('no password · owns 1 application');
  await users.row('admin').getByText('no password').click();
  const dialog = users.dialog('admin');
  await expect(dialog).toContainText('admin can own applications without one.');
  await expect(dialog.getByRole('link', { name: 'Billing' })).toHaveAttribute('href', /#\/applications\/\d+/);
  await expectAccessible(page);
  await takePictures(page, 'users-details');
  await dialog.getByRole('button', { name: 'Set a password…' }).click();
  const setting = users.dialog('Password of admin');
  await setting.getByLabel(/^Password/).fill('open sesame');
  await setting.getByRole('button', { name: 'Set password' }).click();
  await expect(setting).toBeHidden();
  await expect(dialog.getByRole('button', { name: 'Show the password of admin' })).toBeVisible();
  await users.escape();
  await expect(users.row('admin')).toContainText('owns 1 application');
  await expect(users.row('admin')).not.toContainText('no password');
});

test('changes the claims of a user, and explains a claim that Keyfob writes itself', async ({
  users,
  page,
  keyfob,
}) => {
  await populate(keyfob);
  await users.act('ann', 'Claims…');
  const dialog = users.dialog('Claims of ann');
  await dialog.getByLabel('Given name').fill('Ann');
  await dialog.getByLabel('Family name').fill('Lee');
  await dialog.getByLabel('E-mail').fill('ann');
  await dialog.getByRole('textbox', { name: 'Groups' }).fill('staff buyers ');
  await dialog.getByLabel('Other claims').fill('{"sub": "x"}');
  await dialog.getByRole('button', { name: 'Save claims' }).click();
  await expect(dialog.getByText('An e-mail address has one @, like ann@example.com.')).toBeVisible();
  await expect(dialog.getByText('Keyfob writes the claim sub itself. Choose another name.')).toBeVisible();
  await expectAccessible(page);
  await takePictures(page, 'users-claims');
  await dialog.getByLabel('E-mail').fill('ann@example.com');
  await dialog.getByLabel('Other claims').fill('level 3');
  await dialog.getByRole('button', { name: 'Save claims' }).click();
  await expect(dialog.getByText('Write other claims as a JSON object')).toBeVisible();
  await dialog.getByLabel('Other claims').fill('{"level": 3, "email_verified": true}');
  await dialog.getByRole('button', { name: 'Save claims' }).click();
  await expect(users.toast('Claims of ann saved.')).toBeVisible();
  const { items } = await keyfob.call('users.list', {});
  expect(items.find(({ username }) => username === 'ann')?.claims).toEqual({
    ...{ givenName: 'Ann', familyName: 'Lee', email: 'ann@example.com', phone: '', groups: ['staff', 'buyers'] },
    otherClaims: { level: 3, email_verified: true },
  });
  await users.row('ann').getByText('ann', { exact: true }).click();
  const facts = users.dialog('ann');
  await expect(facts).toContainText('Ann Lee · ann@example.com · staff, buyers · 2 other claims');
  await expectAccessible(page);
  await takePictures(page, 'users-claims-facts', ['1280x800']);
  await facts.getByRole('button', { name: 'Change the claims of ann' }).click();
  await expect(dialog.getByLabel('Other claims')).toHaveValue('{\n  "level": 3,\n  "email_verified": true\n}');
  await dialog.getByLabel('Other claims').fill('');
  await dialog.getByRole('button', { name: 'Save claims' }).click();
  await expect(facts).toContainText('staff, buyers');
  await expect(facts).not.toContainText('other claim');
});

test('disabling names the tokens that stop working; enabling takes one press', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await users.act('ann', 'Disable…');
  const question = page.getByRole('alertdialog', { name: 'Disable ann?' });
  await expect(question).toContainText('3 tokens stop working immediately');
  await expect(question).toContainText('device pixel');
  await expectAccessible(page);
  await takePictures(page, 'users-disable');
  await question.getByRole('button', { name: 'Disable' }).click();
  await expect(users.row('ann').getByText('disabled')).toBeVisible();
  expect((await keyfob.call('tokens.count', { user: 'ann', validity: 'valid' })).total).toBe(0);
  await users.act('ann', 'Enable');
  await expect(users.toast('ann is enabled.')).toBeVisible();
  await expect(users.row('ann').getByText('disabled')).toBeHidden();
});

test('deletes a user with hundreds of tokens only by name, after their totals by application', async ({
  users,
  page,
  keyfob,
}) => {
  await populate(keyfob);
  const device = Array.from({ length: 201 }, (_, at) => `lab-${at}`);
  await keyfob.call('devices.mint', { application: 'Billing', keyType: 'PRODUCTION', username: 'bob', device });
  await users.act('bob', 'Delete…');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Billing: 201 tokens');
  await expect(question.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await takePictures(page, 'users-deleteMany', ['960x640']);
  await question.getByLabel('Type bob to confirm').fill('bob');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(question).toBeHidden();
  await expect(users.row('bob')).toHaveCount(0);
});

test('deletes a user who owns applications after giving them another owner', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await users.act('ann', 'Delete…');
  const dialog = users.dialog('Delete ann?');
  await expect(dialog).toContainText('ann owns an application, which needs another owner first.');
  await expect(dialog.getByRole('link', { name: 'Shop' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Reassign and delete' })).toBeDisabled();
  await expectAccessible(page);
  await takePictures(page, 'users-reassign');
  await dialog.getByLabel('New owner').click();
  await page.getByRole('option', { name: 'bob' }).click();
  await dialog.getByRole('button', { name: 'Reassign and delete' }).click();
  await expect(users.toast('User ann deleted.')).toBeVisible();
  await expect(users.row('ann')).toHaveCount(0);
  expect((await keyfob.call('applications.read', { application: 'Shop' })).owner).toBe('bob');
});

test('works by keyboard, and the focus returns', async ({ users, page, keyfob }) => {
  await populate(keyfob);
  await expect(users.row('bob')).toBeVisible();
  await users.press('Mod+f');
  await expect(users.search).toBeFocused();
  await page.keyboard.type('bo');
  await expect(users.row('ann')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(users.row('bob')).toBeFocused();
  await page.keyboard.press('Enter');
  const details = users.dialog('bob');
  await expect(details).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(details.getByRole('button', { name: 'Change the roles of bob' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(details.getByRole('combobox', { name: 'Roles' })).toBeFocused();
  await page.keyboard.type('auditor ');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(details.getByRole('button', { name: 'Change the roles of bob' })).toBeVisible();
  await expect(details).toContainText('auditor');
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(users.row('bob')).toContainText('auditor');
  await expect(users.row('bob')).toBeFocused();
  const menu = users.row('bob').getByRole('button', { name: 'Actions for bob' });
  for (const _ of ['show', 'copy', 'menu']) await page.keyboard.press('ArrowRight');
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await users.menuTakesKeys();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog', { name: 'Delete bob?' })).toBeVisible();
  await users.escape();
  await expect(menu).toBeFocused();
});

test('clears a search without results, and finds a hundred users by role', async ({ users, page, keyfob }) => {
  for (let at = 0; at < 100; at += 1) {
    await keyfob.call('users.create', { username: `user${at}`, password, roles: [`team${at % 10}`] });
  }
  await expect(users.table).toHaveAttribute('aria-rowcount', '102');
  await takePictures(page, 'users-many');
  await users.search.fill('team7');
  await expect(users.table).toHaveAttribute('aria-rowcount', '11');
  await users.search.fill('nobody has this');
  await expect(page.getByText('No results for “nobody has this”')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show all users' }).click();
  await expect(users.table).toHaveAttribute('aria-rowcount', '102');
});
