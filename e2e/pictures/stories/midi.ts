// SPDX-License-Identifier: MIT
import { expect } from '@playwright/test';
import { plugInMidi, turnControl } from '../../support/midi.ts';
import { card, dial, playDemo } from '../../support/rack.ts';
import {
  choose,
  dialog,
  openCard,
  openKnobMenu,
  popover,
  press,
  said,
  saved,
  toast,
  toastAndBar,
  type Story,
  type Walk,
} from '../story.ts';

const learn = async (walk: Walk, knob: string): Promise<void> => {
  await openKnobMenu(walk, dial(card(walk.page, 'Gate'), knob), knob);
  await choose(walk.page, 'MIDI learn');
  await said(walk.page, 'Turn a knob or press a pedal');
};

export const kMidiStories: readonly Story[] = [
  {
    title: 'MIDI',
    run: async (walk) => {
      const { page, take, takeBanner } = walk;
      await plugInMidi(page.context());
      await playDemo(page);
      await openCard(walk, 'Gate');
      const gate = card(page, 'Gate');
      await learn(walk, 'Threshold');
      await take('midi-learn', 'A knob waits for a control', popover(page), gate);
      await turnControl(page, 74, 100);
      await said(page, 'Threshold of Gate follows CC 74, channel 1');
      await take('midi-learned', 'It follows one', ...toastAndBar(page));
      await openKnobMenu(walk, dial(gate, 'Threshold'), 'Threshold');
      await take('midi-knob-menu', 'The menu of a knob that follows', popover(page), gate);
      await page.keyboard.press('Escape');
      await learn(walk, 'Release');
      await turnControl(page, 74, 100);
      await said(page, 'is taken by Threshold of Gate.');
      await take('midi-taken', 'A control that is taken', popover(page), gate);
      await press(page, 'Use for both');
      await page.keyboard.press('ControlOrMeta+,');
      await page.getByRole('tab', { name: 'MIDI' }).click();
      await expect(dialog(page).getByRole('list', { name: 'MIDI devices' })).toBeVisible();
      await expect(toast(page)).toHaveCount(0);
      await take('settings-midi-on', 'Settings, MIDI, with a device', dialog(page));
      await press(page, 'Done');
      await saved(page);
      await page.reload();
      await said(page, 'Some knobs here follow a MIDI device.');
      await takeBanner('midi-offer', 'A project that follows a device');
    },
  },
  {
    title: 'MIDI refused',
    run: async (walk) => {
      const { page, take } = walk;
      await page.addInitScript(() =>
        Object.defineProperty(Navigator.prototype, 'requestMIDIAccess', {
          configurable: true,
          value: () => Promise.reject(new DOMException('The test says no', 'NotAllowedError')),
        }),
      );
      await playDemo(page);
      await openCard(walk, 'Gate');
      await openKnobMenu(walk, dial(card(page, 'Gate'), 'Threshold'), 'Threshold');
      await choose(page, 'MIDI learn');
      await said(page, 'MIDI is blocked for this page.');
      await take('midi-refused', 'MIDI is blocked', popover(page), card(page, 'Gate'));
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+,');
      await page.getByRole('tab', { name: 'MIDI' }).click();
      await take('settings-midi-refused', 'Settings, MIDI, blocked', dialog(page));
    },
  },
];
