// SPDX-License-Identifier: MIT
// A device that is full: a sentence, a way to keep the work, and the work goes on.
import { expectAccessible } from './support/axe.ts';
import { createProject, downloaded, expectSaved } from './support/projects.ts';
import { card, dial, numberOf } from './support/rack.ts';
import { expect, test } from './support/test.ts';
import { storedEntries } from './support/zip.ts';

test.describe.configure({ timeout: 90_000 });

test('says so, lets the work go on, and offers the file', async ({ page, context, baseURL }) => {
  const origin = new URL(baseURL ?? '').origin;
  await page.goto('./');
  // Before the first write: Chromium remembers for a while how much room there was.
  const cdp = await context.newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await createProject(page, 'Small combo');

  const drive = dial(card(page, 'Overdrive'), 'Drive');
  const alert = page.locator('.banner');
  await expect(alert).toContainText('This device is out of space.', { timeout: 20_000 });
  await expect(alert).toContainText('You can go on editing; download the project to be safe.');
  await expect(page.getByRole('status').filter({ hasText: 'Not saved' })).toBeVisible();
  await expectAccessible(page, 'out of space');

  await drive.press('Home');
  await drive.press('PageUp');
  const turned = await numberOf(drive);
  const file = await downloaded(page, () =>
    alert.getByRole('button', { name: 'Download project' }).click(),
  );
  const json = storedEntries(file).get('project.json')?.toString() ?? '{}';
  const { nodes } = JSON.parse(json) as {
    nodes: Record<string, { type: string; params?: Record<string, number> }>;
  };
  const overdrive = Object.values(nodes).find(({ type }) => type === 'overdrive');
  expect(overdrive?.params?.['drive']).toBeCloseTo(turned, 3);

  // Room again: it is kept again, and the sentence goes.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await expect
    .poll(
      async () => {
        await drive.press('ArrowUp');
        return page
          .getByRole('status')
          .filter({ hasText: /^\s*Saved\s*$/ })
          .isVisible();
      },
      { timeout: 30_000, intervals: [2000] },
    )
    .toBe(true);
  await expectSaved(page);
  await expect(alert).toBeHidden();
});
