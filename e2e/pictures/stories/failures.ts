// SPDX-License-Identifier: MIT
// What can break: the real causes where a browser can be made to have them, else what the browser would tell the page.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { Border } from '../../support/border.ts';
import { drop } from '../../support/drop.ts';
import { keepNothing, serveInsecurely } from '../../support/poor-browser.ts';
import { createProject } from '../../support/projects.ts';
import { card, dial, playDemo } from '../../support/rack.ts';
import { closed, dialog, open, press, said, toastAndBar, type Story } from '../story.ts';

const away = async (page: Page) => {
  await page.locator('.banner').getByRole('button', { name: 'Close' }).first().click();
  await expect(page.locator('.banner')).toHaveCount(0);
};

/** Runs in the page before its own scripts: an output that is far away, and one that can be pulled out. */
function installOutputs(): void {
  const scope = globalThis as unknown as { outputs: string[]; lateness: number };
  scope.outputs = ['Studio headphones', 'Kitchen loudspeaker'];
  scope.lateness = 0;
  const media = navigator.mediaDevices;
  const native = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () => [
    ...(await native()).filter(({ kind }) => kind !== 'audiooutput'),
    ...scope.outputs.map((label) => ({
      kind: 'audiooutput' as const,
      deviceId: label,
      label,
      groupId: '',
      toJSON: () => ({}),
    })),
  ];
  (AudioContext.prototype as unknown as { setSinkId: unknown }).setSinkId = async () => undefined;
  const latency = Object.getOwnPropertyDescriptor(AudioContext.prototype, 'outputLatency');
  Object.defineProperty(AudioContext.prototype, 'outputLatency', {
    configurable: true,
    get(this: AudioContext) {
      return scope.lateness || (latency?.get?.call(this) as number);
    },
  });
}
type Outputs = { outputs: string[]; lateness: number };

export const kFailureStories: readonly Story[] = [
  {
    title: 'What can break while it plays',
    run: async ({ page, takeBanner }) => {
      const border = await Border.install(page);
      await playDemo(page);
      await border.pause();
      await said(page, 'The system paused the sound.');
      await takeBanner('paused', 'The system paused the sound');
      await press(page, 'Go on');
      await expect(page.locator('.banner')).toHaveCount(0);
      await border.killWorker();
      await said(page, 'A helper in the background stopped');
      await takeBanner('worker', 'The worker died, and another one took over');
      await away(page);
      await border.dropOut(14);
      await said(page, 'the most (estimated).');
      await takeBanner('dropouts', 'Many dropouts: a larger latency is offered');
      await press(page, 'Leave it');
      await border.breakProcessor();
      await said(page, 'The sound stopped with an error.');
      await takeBanner('processor', 'The sound stopped with an error');
      await press(page, 'Start sound again');
      await expect(page.locator('.banner')).toHaveCount(0);
      await border.setClock(44.1 / 48);
      await said(page, 'The device changed its sample rate');
      await takeBanner('rate', 'The device changed its sample rate');
    },
  },
  {
    title: 'A worker that dies again and again',
    run: async ({ page, takeBanner }) => {
      const border = await Border.install(page);
      await playDemo(page);
      const gone = page.getByText('The helper in the background stops again and again');
      await expect(async () => {
        await border.killWorker();
        await expect(gone).toBeVisible({ timeout: 1000 });
      }).toPass();
      await takeBanner('worker-gone', 'The worker dies again and again');
    },
  },
  {
    title: 'Outputs',
    run: async ({ page, take, takeBanner }) => {
      await page.addInitScript(installOutputs);
      await playDemo(page);
      await press(page, 'Settings');
      await press(page, 'Output: The system’s own');
      await page.getByRole('option', { name: 'Kitchen loudspeaker' }).click();
      await expect(page.getByRole('button', { name: 'Output: Kitchen loudspeaker' })).toBeVisible();
      await page.evaluate(() => void ((globalThis as unknown as Outputs).lateness = 0.18));
      await page.getByRole('radio', { name: 'Balanced' }).click();
      await said(page, 'as Bluetooth is');
      await take('bluetooth', 'An output that is late, as Bluetooth is', dialog(page));
      await press(page, 'Done');
      await page.evaluate(() => {
        (globalThis as unknown as Outputs).outputs.pop();
        navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      });
      await said(page, 'The chosen output was unplugged.');
      await takeBanner('output-gone', 'The chosen output was unplugged');
    },
  },
  {
    title: 'Files that are none',
    run: async ({ page, take, takeBanner }) => {
      await playDemo(page);
      const rack = page.locator('sc-rack');
      await drop(rack, 'notes.txt', 'not music');
      await said(page, 'notes.txt is neither a WAV nor a project');
      await take('not-a-file', 'A file that is neither sound nor project', ...toastAndBar(page));
      await closed(page);
      await drop(card(page, 'Cabinet'), 'fake.wav', Buffer.from('this is a letter'));
      await expect(page.locator('.banner')).toBeVisible();
      await takeBanner('wav-broken', 'A WAV that is broken');
      await away(page);
      await drop(rack, 'broken.sonic', Buffer.alloc(200, 7));
      await expect(page.locator('.banner')).toBeVisible();
      await takeBanner('project-broken', 'A project that is broken');
    },
  },
  {
    title: 'A browser that keeps nothing',
    run: async ({ page, take, takeBanner }) => {
      await keepNothing(page);
      await playDemo(page);
      await dial(card(page, 'Overdrive'), 'Drive').press('ArrowUp');
      await said(page, 'This browser keeps nothing for this page');
      await takeBanner('storage-blocked', 'A private window, which keeps nothing');
      await page.keyboard.press('ControlOrMeta+Shift+O');
      await expect(dialog(page)).toContainText('This browser keeps nothing for this page');
      await take('projects-blocked', 'No projects there', dialog(page));
    },
  },
  {
    title: 'A device that is full',
    run: async ({ page, takeBanner }) => {
      await open(page);
      const origin = new URL(page.url()).origin;
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
      await createProject(page, 'Small combo');
      await said(page, 'This device is out of space.');
      await takeBanner('full', 'The device is full');
    },
  },
  {
    title: 'What keeps it from starting',
    run: async ({ page, takeBanner }) => {
      // What it would have kept cannot be held back.
      await page.addInitScript(() => {
        ServiceWorkerContainer.prototype.register = () =>
          Promise.reject(new DOMException('Blocked by the test', 'SecurityError'));
      });
      await page.route('**/*.wasm', (route) =>
        route.fulfill({ contentType: 'application/wasm', body: Buffer.from('\0asm broken') }),
      );
      await open(page);
      await press(page, 'Play the demo');
      await said(page, 'does not let the page run WebAssembly');
      await takeBanner('wasm-refused', 'A browser that runs no WebAssembly');
      await away(page);
      await page.unroute('**/*.wasm');
      await page.route('**/*.wasm', (route) => route.abort());
      await page.route('**/*engine*', (route) => route.abort());
      await press(page, 'Play the demo');
      await expect(page.locator('.banner')).toBeVisible();
      await takeBanner('engine-not-loaded', 'The engine could not be loaded');
    },
  },
  {
    title: 'A page without a secure address',
    run: async ({ page, takeBanner }) => {
      await open(page);
      await open(page, await serveInsecurely(page, page.url()));
      await said(page, 'This page has no secure address');
      await takeBanner('insecure', 'A page without a secure address');
    },
  },
];
