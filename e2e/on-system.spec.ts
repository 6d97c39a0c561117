// SPDX-License-Identifier: MIT
// What the system learns of the app: media keys, a screen that stays on, what kind of sound this is.
import type { Page } from '@playwright/test';
import { playDemo } from './support/rack.ts';
import { FakeInput } from './support/fake-input.ts';
import { expect, test } from './support/test.ts';

interface InPage {
  handlers: Record<string, () => void>;
  locks: number;
  uses: string[];
  release(): void;
}
type Scope = { onSystem: InPage };

/** Runs in the page before its own scripts. */
function install(): void {
  const locks = new Set<EventTarget & { released: boolean }>();
  const state: InPage = {
    handlers: {},
    get locks() {
      return locks.size;
    },
    uses: [],
    release() {
      for (const lock of locks) lock.released = true;
      locks.clear();
    },
  };
  (globalThis as unknown as Scope).onSystem = state;
  navigator.mediaSession.setActionHandler = (action, handler) => {
    state.handlers[action] = () => handler?.({ action });
  };
  Object.defineProperty(navigator, 'wakeLock', {
    value: {
      request: () => {
        const lock = Object.assign(new EventTarget(), {
          released: false,
          release() {
            lock.released = true;
            locks.delete(lock);
            return Promise.resolve();
          },
        });
        locks.add(lock);
        return Promise.resolve(lock);
      },
    },
  });
  Object.defineProperty(navigator, 'audioSession', {
    value: {
      get type() {
        return state.uses.at(-1) ?? 'auto';
      },
      set type(type: string) {
        state.uses.push(type);
      },
    },
  });
}

const press = (page: Page, action: string) =>
  page.evaluate((name) => (globalThis as unknown as Scope).onSystem.handlers[name]?.(), action);
const locks = (page: Page) => page.evaluate(() => (globalThis as unknown as Scope).onSystem.locks);
const uses = (page: Page) => page.evaluate(() => (globalThis as unknown as Scope).onSystem.uses);
const state = (page: Page) => page.evaluate(() => navigator.mediaSession.playbackState);

test.beforeEach(({ page }) => page.addInitScript(install));

test('media keys play and stop, and the project has its name there', async ({ page }) => {
  await playDemo(page);
  await expect.poll(() => state(page)).toBe('playing');
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('Demo');
  await press(page, 'pause');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect.poll(() => state(page)).toBe('paused');
  await press(page, 'play');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await press(page, 'stop');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('the screen stays on while it plays, also after the page was out of sight', async ({
  page,
}) => {
  await page.goto('./');
  await expect.poll(() => uses(page)).toEqual(['playback']);
  expect(await locks(page)).toBe(0);
  await playDemo(page);
  await expect.poll(() => locks(page)).toBe(1);
  // The browser takes it back when another page is in front.
  await page.evaluate(() => {
    (globalThis as unknown as Scope).onSystem.release();
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => locks(page)).toBe(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect.poll(() => locks(page)).toBe(0);
});

test('the system hears of the microphone before it is asked for', async ({ page }) => {
  const input = await FakeInput.install(page);
  await page.goto('./');
  await expect.poll(() => uses(page)).toEqual(['playback']);
  await input.answer('wait');
  await page.getByRole('button', { name: 'Plug in' }).click();
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await expect.poll(() => uses(page)).toEqual(['playback', 'play-and-record']);
  await input.answer('NotAllowedError');
  await expect.poll(() => uses(page)).toEqual(['playback', 'play-and-record', 'playback']);
});
