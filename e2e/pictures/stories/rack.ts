// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { card, dial, playDemo } from '../../support/rack.ts';
import {
  closed,
  go,
  open,
  openCard,
  openProjectMenu,
  popover,
  press,
  said,
  saved,
  type Story,
} from '../story.ts';

export const kRackStories: readonly Story[] = [
  {
    title: 'The first screen',
    run: async ({ page, take }) => {
      await open(page);
      await take('first', 'The first screen');
    },
  },
  {
    title: 'The rack',
    run: async ({ page, isPhone, take }) => {
      await playDemo(page);
      await take('rack-hint', 'The one hint, until the first turn', card(page, 'Overdrive'));
      await dial(card(page, 'Overdrive'), 'Drive').press('ArrowUp');
      await press(page, 'Undo');
      await saved(page);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.mouse.move(1, 1);
      await take('rack', 'The rack, while the demo plays');

      await openProjectMenu(page);
      await take(
        'project-menu',
        'The project’s menu',
        popover(page),
        page.locator('header .project'),
      );
      await closed(page);
      if (isPhone) {
        await press(page, /^Volume/);
        await take('volume', 'The volume');
        await closed(page);
        await go(page, 'Rigs');
        await take('rigs', 'The rigs');
        await go(page, 'Rack');
        await page.setViewportSize({ width: 844, height: 390 });
        await take('rack-lying', 'The rack on a phone on its side');
        await openCard({ page, isPhone, take, takeBanner: take }, 'Amp crunch');
        await take('amp-lying', 'A module on a phone on its side');
        await page.setViewportSize({ width: 390, height: 844 });
      } else {
        const foot = page.locator('footer.transport .end');
        await page.getByRole('button', { name: /Load$/ }).click();
        await expect(popover(page)).toContainText('Amp crunch', { timeout: 60_000 });
        await take('load', 'What the modules cost', popover(page), foot);
        await closed(page);
        await page.getByRole('button', { name: /Latency$/ }).click();
        await take('latency', 'What the latency is made of', popover(page), foot);
        await closed(page);
        await page.setViewportSize({ width: 1024, height: 768 });
        await take('rack-middle', 'The rack on a smaller screen');
        await press(page, 'Rigs and modules');
        await take('rack-drawer', 'Its drawer of rigs and modules');
        await page.keyboard.press('Escape');
        await page.setViewportSize({ width: 1440, height: 900 });
      }
      await press(page, 'Stop');
      await take('rack-stopped', 'The rack, stopped');
    },
  },
  {
    title: 'The second visit',
    run: async ({ page, take }) => {
      await playDemo(page);
      await dial(card(page, 'Overdrive'), 'Drive').press('ArrowUp');
      await press(page, 'Stop');
      await saved(page);
      await page.reload();
      await said(page, 'Tap to start sound');
      await take('second-visit', 'The last project, one tap from its sound');
      await openProjectMenu(page);
      await press(page, 'Start screen');
      await said(page, 'Go on with');
      await take(
        'first-again',
        'The first screen, with the last project',
        page.locator('.first > main .start'),
        page.locator('.go-on'),
      );
    },
  },
  {
    title: 'An empty rack',
    run: async ({ page, take }) => {
      await playDemo(page);
      for (const name of await page
        .locator('sc-rack section.card')
        .evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label') ?? ''))) {
        await card(page, name).focus();
        await page.keyboard.press('Backspace');
        await expect(card(page, name)).toHaveCount(0);
      }
      await take('rack-empty', 'Nothing between input and output');
    },
  },
];
