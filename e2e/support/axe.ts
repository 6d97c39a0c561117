// SPDX-License-Identifier: MIT
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** What is still fading in has not its final contrast. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );

async function expectNone(page: Page, axe: AxeBuilder, where: string): Promise<void> {
  await settled(page);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect.soft(found, `axe, ${where}`).toEqual([]);
}

/** axe finds nothing on the page, or a part of it, as it stands now. */
export const expectAccessible = (page: Page, where: string, part = 'html'): Promise<void> =>
  expectNone(page, new AxeBuilder({ page }).include(part), where);
