// SPDX-License-Identifier: MIT
// Projects under a thumb.
import { walkProjects } from './support/project-walk.ts';
import { test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

test('search, open, rename, duplicate, delete and undo by touch', async ({ page }) => {
  await walkProjects(page, (target) => target.tap());
});
