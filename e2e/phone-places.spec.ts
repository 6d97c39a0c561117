// SPDX-License-Identifier: MIT
// Everything that opens on a phone: for a thumb, for axe, and with text of twice the size.
import { expectAccessible } from './support/axe.ts';
import { expectFits } from './support/fits.ts';
import { Places } from './support/places.ts';
import { test } from './support/test.ts';
import { expectNothingToTheRight, expectThumbSized } from './support/thumb.ts';

test.describe.configure({ timeout: 600_000 });
test.use({ colorScheme: 'dark' });

test('every screen, menu, panel and dialog fits a thumb, and axe finds nothing', async ({
  page,
}) => {
  const look = async (where: string, part?: string) => {
    await expectNothingToTheRight(page, where);
    await expectThumbSized(page, where);
    await expectAccessible(page, where, part);
  };
  await new Places(page, look, true, true).all();
});

test('with text of twice the size nothing is cut, and everything can be pressed', async ({
  page,
}) => {
  await page.addInitScript(() =>
    addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%')),
  );
  const look = (where: string, part?: string) => expectFits(page, where, part);
  await new Places(page, look, true, true).all();
});
