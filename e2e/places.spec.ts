// SPDX-License-Identifier: MIT
// Everything that opens: axe finds nothing on it. Here in the light; phone-places.spec.ts goes the same way in the dark.
import { expectAccessible } from './support/axe.ts';
import { Places } from './support/places.ts';
import { test } from './support/test.ts';

test.describe.configure({ timeout: 600_000 });
test.use({ colorScheme: 'light' });

test('axe finds nothing on any screen, menu, panel or dialog', async ({ page }) => {
  const look = (where: string, part?: string) => expectAccessible(page, where, part);
  await new Places(page, look, false, false).all();
});
