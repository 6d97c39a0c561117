// SPDX-License-Identifier: MIT
// Walks through the stories and takes their pictures into build/pictures/.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import { kStories } from './stories.ts';

const kFolder = fileURLToPath(new URL('../../build/pictures', import.meta.url));

kStories.forEach((story, order) => {
  test(story.title, async ({ page }, { project }) => {
    const isPhone = project.name.startsWith('phone');
    const taken: { name: string; title: string }[] = [];
    const take = async (name: string, title: string) => {
      await page.evaluate(async () => {
        await document.fonts.ready;
        const ending = document
          .getAnimations()
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
        await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
      });
      await page.screenshot({ path: path.join(kFolder, project.name, `${name}.png`) });
      taken.push({ name, title });
    };
    await story.run({ page, isPhone, take });
    mkdirSync(path.join(kFolder, 'titles'), { recursive: true });
    const file = path.join(kFolder, 'titles', `${String(order).padStart(2, '0')}.json`);
    writeFileSync(file, JSON.stringify({ title: story.title, taken }));
  });
});
