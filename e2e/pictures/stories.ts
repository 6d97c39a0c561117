// SPDX-License-Identifier: MIT
// What `npm run pictures` takes: one entry per walk through the app; each `take` is a picture and its line in the gallery.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
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
const settings = async (page: Page, tab: string): Promise<void> => {
  await press(page, 'Settings');
  await page.getByRole('tab', { name: tab }).click();
  await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
};
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
    run: async ({ page, take }) => {
      await playDemo(page);
      await take('rack', 'The rack, while the demo plays');
      await press(page, 'Stop');
      await take('rack-stopped', 'The rack, stopped');
    },
  },
  {
    title: 'Settings',
    run: async ({ page, take }) => {
      await playDemo(page);
      await settings(page, 'Appearance');
      await take('settings-appearance', 'Settings, appearance');
      await page.getByRole('tab', { name: 'About' }).click();
      await said(page, 'Everything is kept on this device.');
      await take('settings-about', 'Settings, about');
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
