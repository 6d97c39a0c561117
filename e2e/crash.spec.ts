// SPDX-License-Identifier: MIT
// The page dies in the middle of it: at most the last five seconds are gone.
import { newProject } from './support/projects.ts';
import { card, dial, numberOf, order } from './support/rack.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 90_000 });
const kLostMs = 5000;

test('what was done more than five seconds before the renderer died is there again', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await newProject(page, 'Small combo');
  const drive = dial(card(page, 'Overdrive'), 'Drive');
  await drive.press('End');
  await page.getByRole('button', { name: 'Reverb on' }).click();
  const done = Date.now();
  const turned = await numberOf(drive);
  // A hand that never rests must not keep it from being written.
  const level = dial(card(page, 'Overdrive'), 'Level');
  for (let up = true; Date.now() - done < kLostMs; up = !up) {
    await level.press(up ? 'ArrowUp' : 'ArrowDown');
  }

  const died = page.waitForEvent('crash');
  const cdp = await context.newCDPSession(page);
  void cdp.send('Page.crash').catch(() => undefined);
  await died;

  const next = await context.newPage();
  await next.goto('./');
  const kept = dial(card(next, 'Overdrive'), 'Drive');
  await expect(kept).toBeVisible();
  expect(await numberOf(kept)).toBe(turned);
  await expect(next.getByRole('button', { name: 'Reverb on' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  expect(await order(next)).toEqual(['Overdrive', 'Amp crunch', 'Cabinet', 'Reverb']);
  // Whose tab died holds nothing back: it can be changed at once.
  await expect(next.getByText('This project is open in another tab.')).toBeHidden();
  await kept.press('Home');
  await expect(next.getByRole('status').filter({ hasText: /^\s*Saved\s*$/ })).toBeVisible();
});
