// SPDX-License-Identifier: MIT
// Walks through the stories and takes their pictures into build/pictures/.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { test } from '../support/test.ts';
import { kStories } from './stories.ts';

const kFolder = fileURLToPath(new URL('../../build/pictures', import.meta.url));
const kMargin = 24;
const kBelowBanner = 96;

// Many of these are pictures of what went wrong.
test.use({ allowedErrors: /(?:)/ });

/** Nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}

/** Around all of them, and no further than the screen; a phone's whole width. */
async function around(page: Page, parts: readonly Locator[], isPhone: boolean) {
  const boxes = await Promise.all(parts.map((part) => part.first().boundingBox()));
  const found = boxes.filter((box) => box !== null).filter((box) => box.width > 0);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const left = isPhone ? 0 : Math.max(0, Math.min(...found.map(({ x }) => x)) - kMargin);
  const top = Math.max(0, Math.min(...found.map(({ y }) => y)) - kMargin);
  const furthest = Math.max(...found.map((box) => box.x + box.width)) + kMargin;
  const right = isPhone ? width : Math.min(width, furthest);
  const bottom = Math.min(height, Math.max(...found.map((box) => box.y + box.height)) + kMargin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The upper part of the screen, as far as the banners go and a little more. */
async function aboveBanners(page: Page) {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const box = await page.locator('.banner').last().boundingBox();
  const below = (box?.y ?? 0) + (box?.height ?? 0) + kBelowBanner;
  return { x: 0, y: 0, width, height: Math.min(height, below) };
}

kStories.forEach((story, order) => {
  test(story.title, async ({ page }, { project }) => {
    const isPhone = project.name.startsWith('phone');
    const taken: { name: string; title: string }[] = [];
    const shoot = async (
      name: string,
      title: string,
      clip?: { x: number; y: number; width: number; height: number },
    ) => {
      const file = path.join(kFolder, project.name, `${name}.png`);
      await page.screenshot({ path: file, ...(clip ? { clip } : {}) });
      taken.push({ name, title });
    };
    await story.run({
      page,
      isPhone,
      take: async (name, title, ...parts) => {
        await settle(page);
        await shoot(name, title, parts.length ? await around(page, parts, isPhone) : undefined);
      },
      takeBanner: async (name, title) => {
        await settle(page);
        await shoot(name, title, await aboveBanners(page));
      },
    });
    mkdirSync(path.join(kFolder, 'titles', project.name), { recursive: true });
    const file = path.join(
      kFolder,
      'titles',
      project.name,
      `${String(order).padStart(2, '0')}.json`,
    );
    writeFileSync(file, JSON.stringify({ title: story.title, taken }));
  });
});
