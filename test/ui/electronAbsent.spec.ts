import { test } from '@playwright/test';

test('the specs in Electron itself', () => {
  const why = "Electron's binary is not here, so no spec ran in it; `npx install-electron` fetches it";
  test.info().skip(true, `${why}, then \`npx playwright test --project=electron\`.`);
});
