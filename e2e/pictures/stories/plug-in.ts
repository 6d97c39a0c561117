// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { FakeInput, kHeadset, kInterface } from '../../support/fake-input.ts';
import { dialog, kPlayedDb, open, popover, press, said, type Story } from '../story.ts';

export const kPlugInStories: readonly Story[] = [
  {
    title: 'Plugging in',
    run: async ({ page, isPhone, take, takeBanner }) => {
      const input = await FakeInput.install(page);
      await open(page);
      await press(page, 'Plug in');
      const box = dialog(page);
      await take('plug-in', 'Before the browser asks', box);
      await input.answer('wait');
      await press(page, 'Allow the microphone');
      await said(page, 'Waiting for your answer');
      await take('plug-in-asking', 'While the browser asks', box);
      await input.answer('NotAllowedError');
      await said(page, 'The microphone is blocked for this page.');
      await take('plug-in-refused', 'The microphone is blocked', box);
      await input.answer('NotFoundError');
      await press(page, 'Try again');
      await said(page, 'There is no audio input.');
      await take('plug-in-no-device', 'No audio input', box);
      await input.answer('NotReadableError');
      await press(page, 'Try again');
      await said(page, 'The input does not open.');
      await take('plug-in-busy', 'The input does not open', box);
      await input.answer('grant');
      await press(page, 'Try again');
      await said(page, 'Play a string.');
      await take('plug-in-listening', 'Listening', box);
      await said(page, 'We hear nothing.');
      await take('plug-in-silent', 'Nothing is heard', box);
      await input.play(0);
      await said(page, 'The input clips.');
      await take('plug-in-clips', 'The input clips', box);
      await input.play(kPlayedDb);
      await said(page, 'That is a good level.');
      await take('plug-in-good', 'A good level', box);
      await press(page, 'Continue');
      await said(page, 'Headphones or interface?');
      await take('plug-in-headphones', 'Before anything is heard', box);
      await press(page, 'Headphones or interface');
      await expect(page.getByRole('dialog', { name: 'Plug in' })).toBeHidden();
      await take('guitar', 'While a guitar plays', page.locator('footer.transport, .phone-end'));
      await press(page, 'Tuner');
      await expect(popover(page)).toContainText('in tune');
      await take('tuner', 'The tuner', popover(page));
      await page.keyboard.press('Escape');
      await input.play(-Infinity);
      await press(page, 'Tuner');
      await expect(popover(page)).toContainText('Play one string');
      await take('tuner-silent', 'The tuner, waiting for a string', popover(page));
      await page.keyboard.press('Escape');
      await press(page, 'Settings');
      await expect(dialog(page)).toContainText('Echo cancellation');
      await input.play(kPlayedDb);
      await take('settings-audio-guitar', 'Settings, audio, with a guitar', dialog(page));
      await press(page, 'Done');
      await input.swell(-36, -6, 1);
      await said(page, 'This was about to howl');
      await takeBanner('howl', 'A howl, muted');
      await press(page, 'Stop monitoring');
      await input.pullOut();
      await said(page, 'was unplugged. Sound is paused.');
      if (isPhone) await takeBanner('unplugged', 'The interface was unplugged');
      else await take('unplugged', 'The interface was unplugged');
    },
  },
  {
    title: 'A headset instead of the interface',
    run: async ({ page, take }) => {
      const input = await FakeInput.install(page, [kHeadset, kInterface]);
      await open(page);
      await press(page, 'Plug in');
      await press(page, 'Allow the microphone');
      await said(page, 'Where is your guitar plugged in?');
      await input.play(-30);
      await take('plug-in-which', 'Which input it is', dialog(page));
      await press(page, /^Input: /);
      await take('plug-in-inputs', 'The inputs to choose from', dialog(page));
    },
  },
];
