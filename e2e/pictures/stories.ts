// SPDX-License-Identifier: MIT
// What `npm run pictures` takes: one entry per walk through the app; each `take` is a picture and its line in the gallery.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { AppServer, expectKept, findUpdate } from '../support/app-server.ts';
import { FakeInput, kHeadset, kInterface } from '../support/fake-input.ts';
import { playDemo } from '../support/rack.ts';

export interface Walk {
  readonly page: Page;
  readonly isPhone: boolean;
  readonly take: (name: string, title: string) => Promise<void>;
}
export interface Story {
  readonly title: string;
  readonly run: (walk: Walk) => Promise<void>;
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
/** The letters come when the page is idle. */
const open = async (page: Page): Promise<void> => {
  await page.goto('./');
  await page.waitForFunction(() => document.fonts.check('16px "Instrument Sans Variable"'));
};
const said = (page: Page, sentence: string): Promise<void> =>
  expect(page.getByText(sentence).first()).toBeVisible();
const kPlayedDb = -14;

export const kStories: readonly Story[] = [
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
      await take('rack', 'The rack, while the demo plays');
      await press(page, 'Add module');
      await take('add-module', 'Adding a module');
      await page.keyboard.press('Escape');
      await press(page, 'Tuner');
      await take('tuner', 'The tuner');
      await page.keyboard.press('Escape');
      if (isPhone) {
        await press(page, /^Volume/);
        await take('volume', 'The volume, on a phone');
        await page.keyboard.press('Escape');
        await page.getByRole('navigation', { name: 'Screens' }).getByText('Rigs').click();
        await take('rigs', 'The rigs, on a phone');
        await page.getByRole('navigation', { name: 'Screens' }).getByText('Rack').click();
        await page.setViewportSize({ width: 844, height: 390 });
        await take('rack-lying', 'The rack, on a phone on its side');
        await page.setViewportSize({ width: 390, height: 844 });
      }
      await press(page, 'Stop');
      await take('rack-stopped', 'The rack, stopped');
    },
  },
  {
    title: 'Takes',
    run: async ({ page, isPhone, take }) => {
      await playDemo(page);
      await press(page, 'Record a take');
      await expect(page.getByRole('button', { name: 'Stop recording' })).toBeVisible();
      const begin = Date.now();
      await expect.poll(() => Date.now() - begin).toBeGreaterThan(4000);
      await take('recording', 'Recording a take');
      await press(page, 'Stop recording');
      if (isPhone) {
        await page.getByRole('navigation', { name: 'Screens' }).getByText('Takes').click();
      }
      await said(page, 'Take 1');
      await take('takes', 'A take');
    },
  },
  {
    title: 'Keys and commands',
    run: async ({ page, take }) => {
      await playDemo(page);
      await page.keyboard.press('ControlOrMeta+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      await take('commands', 'The command palette');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await take('keys', 'Every key');
    },
  },
  {
    title: 'Settings',
    run: async ({ page, take }) => {
      await playDemo(page);
      await press(page, 'Settings');
      for (const tab of await page
        .getByRole('dialog', { name: 'Settings' })
        .getByRole('tab')
        .all()) {
        const name = ((await tab.textContent()) ?? '').trim();
        await tab.click();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        if (name === 'About') await said(page, 'Everything is kept on this device.');
        await take(
          `settings-${name.toLowerCase().replaceAll(' ', '-')}`,
          `Settings, ${name.toLowerCase()}`,
        );
      }
    },
  },
  {
    title: 'The second visit',
    run: async ({ page, take }) => {
      await playDemo(page);
      await page.getByRole('slider', { name: 'Drive', exact: true }).press('ArrowUp');
      await press(page, 'Stop');
      await said(page, 'Saved');
      await page.reload();
      await said(page, 'Tap to start sound');
      await take('second-visit', 'The last project, one tap from its sound');
    },
  },
  {
    title: 'Two tabs',
    run: async ({ page, take }) => {
      await playDemo(page);
      await page.getByRole('slider', { name: 'Drive', exact: true }).press('ArrowUp');
      await press(page, 'Stop');
      await said(page, 'Saved');
      const first = await page.context().newPage();
      await page.goto('about:blank');
      await first.goto('./');
      await expect(first.locator('sc-rack')).toBeVisible();
      await page.goto('./');
      await said(page, 'another tab');
      await take('two-tabs', 'The same project in another tab');
    },
  },
  {
    title: 'A new version',
    run: async ({ page, take }) => {
      const server = await AppServer.start();
      try {
        await page.goto(server.url);
        await expectKept(page);
        server.release('second');
        await findUpdate(page);
        await said(page, 'A new version is ready.');
        await take('update', 'A new version is ready');
      } finally {
        await server.end();
      }
    },
  },
  {
    title: 'Plugging in',
    run: async ({ page, take }) => {
      const input = await FakeInput.install(page);
      await open(page);
      await press(page, 'Plug in');
      await take('plug-in', 'Before the browser asks');
      await input.answer('NotAllowedError');
      await press(page, 'Allow the microphone');
      await said(page, 'The microphone is blocked for this page.');
      await take('plug-in-refused', 'The microphone is blocked');
      await input.answer('NotFoundError');
      await press(page, 'Try again');
      await said(page, 'There is no audio input.');
      await take('plug-in-no-device', 'No audio input');
      await input.answer('grant');
      await press(page, 'Try again');
      await said(page, 'We hear nothing.');
      await take('plug-in-silent', 'Nothing is heard');
      await input.play(0);
      await said(page, 'The input clips.');
      await take('plug-in-clips', 'The input clips');
      await input.play(kPlayedDb);
      await said(page, 'That is a good level.');
      await take('plug-in-good', 'A good level');
      await press(page, 'Continue');
      await said(page, 'Headphones or interface?');
      await take('plug-in-headphones', 'Before anything is heard');
      await press(page, 'Headphones or interface');
      await expect(page.getByRole('dialog', { name: 'Plug in' })).toBeHidden();
      await input.swell(-36, -6, 1);
      await said(page, 'This was about to howl');
      await take('howl', 'A howl, muted');
      await press(page, 'Stop monitoring');
      await input.pullOut();
      await said(page, 'was unplugged. Sound is paused.');
      await take('unplugged', 'The interface was unplugged');
    },
  },
  {
    title: 'A headset instead of the interface',
    run: async ({ page, take }) => {
      await FakeInput.install(page, [kHeadset, kInterface]);
      await open(page);
      await press(page, 'Plug in');
      await press(page, 'Allow the microphone');
      await said(page, 'Where is your guitar plugged in?');
      await take('plug-in-which', 'Which input it is');
    },
  },
];
