// SPDX-License-Identifier: MIT
// The page answers at once: no task of the main thread is longer than 50 ms while it loads, takes a file, saves a take
// or opens a large project. Measured in processor time (support/tasks.ts).
import type { Browser, Page } from '@playwright/test';
import { card, playDemo } from './support/rack.ts';
import { tasksDuring } from './support/tasks.ts';
import { expect, test } from './support/test.ts';
import { encodeWav16 } from './support/wav.ts';

test.describe.configure({ timeout: 240_000 });

const kLongestMs = 50;
/** What is slow is slow each time; what another program's noise in the caches adds is not. */
const kTries = 5;

type Walk = (page: Page, measure: (work: () => Promise<void>) => Promise<void>) => Promise<void>;

/** The best of some tries, each in a fresh page: nothing is compiled or kept from the one before. */
async function expectShortTasks(browser: Browser, walk: Walk): Promise<void> {
  let longest = { cpuMs: Infinity, what: '' };
  for (let i = 0; i < kTries && longest.cpuMs > kLongestMs; i += 1) {
    const context = await browser.newContext({
      baseURL: test.info().project.use.baseURL ?? '',
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    await walk(page, async (work) => {
      const [first] = await tasksDuring(browser, page, work);
      if (first && first.cpuMs < longest.cpuMs) longest = first;
    });
    await context.close();
  }
  const said = `${longest.cpuMs.toFixed(1)} ms: ${longest.what}`;
  test.info().annotations.push({ type: 'longest task', description: said });
  console.log(`  ${test.info().title}: ${said}`);
  expect(longest.cpuMs, said).toBeLessThanOrEqual(kLongestMs);
}

/** Whatever is still to be drawn has been drawn. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(() => resolve()))),
  );

const noise = (frames: number): Float32Array => {
  let state = 1;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 0x40000000 - 1) * 0.5;
  });
};

/** As a file manager drops it; the bytes come over the network, so that the test's own work is none of the page's. */
async function drop(page: Page, selector: string, name: string, bytes: Buffer): Promise<void> {
  await page.route('**/dropped-file', (route) => route.fulfill({ body: bytes }));
  await page.evaluate(async () => {
    const scope = globalThis as unknown as { dropped: Blob };
    scope.dropped = await (await fetch('dropped-file')).blob();
  });
  await page.evaluate(
    ([target, fileName]) => {
      const { dropped } = globalThis as unknown as { dropped: Blob };
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([dropped], fileName));
      const init = { bubbles: true, cancelable: true, dataTransfer };
      // In a task of its own: what follows is the page's.
      setTimeout(() => document.querySelector(target)?.dispatchEvent(new DragEvent('drop', init)));
    },
    [selector, name] as const,
  );
}

/** Sixty modules in a row, of all the families that the rack draws. */
function largeProject(): string {
  const types = [
    'gate',
    'overdrive',
    'amp-crunch',
    'cabinet',
    'parametric-eq',
    'compressor',
    'delay',
    'reverb',
    'gain',
    'pan',
  ];
  const ids = Array.from({ length: 60 }, (_, i) => `m${i}`);
  const chain = ['in', ...ids, 'out'];
  const wires = chain
    .slice(1)
    .map((to, i) => [`w${i}`, { from: [chain[i], 'out'], to: [to, 'in'] }]);
  return JSON.stringify({
    format: 'sonic-core',
    version: 1,
    name: 'Sixty modules',
    nodes: {
      in: { type: 'input' },
      out: { type: 'output' },
      ...Object.fromEntries(ids.map((id, i) => [id, { type: types[i % types.length] }])),
    },
    wires: Object.fromEntries(wires),
  });
}

test('load', ({ browser }) =>
  expectShortTasks(browser, (page, measure) =>
    measure(async () => {
      await page.goto('./');
      await expect(page.getByRole('button', { name: 'Play the demo' })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await settle(page);
    }),
  ));

test('first sound', ({ browser }) =>
  expectShortTasks(browser, async (page, measure) => {
    await page.goto('./');
    await settle(page);
    await measure(async () => {
      await page.getByRole('button', { name: 'Play the demo' }).click();
      await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
        timeout: 30_000,
      });
      await settle(page);
    });
  }));

test('WAV drop', ({ browser }) =>
  expectShortTasks(browser, async (page, measure) => {
    const frames = 30 * 48_000;
    const wav = encodeWav16([noise(frames), noise(frames)], 48_000);
    await playDemo(page);
    await page.evaluate(() => document.fonts.ready);
    await measure(async () => {
      await drop(page, 'sc-rack [data-type=cabinet]', 'hall.wav', wav);
      await expect(card(page, 'Cabinet').getByText('hall.wav').first()).toBeVisible({
        timeout: 30_000,
      });
      await settle(page);
    });
  }));

test('take save', ({ browser }) =>
  expectShortTasks(browser, async (page, measure) => {
    await playDemo(page);
    await page.getByRole('button', { name: 'Record a take' }).click();
    const recording = page.getByRole('button', { name: 'Stop recording' });
    await expect(recording).toBeVisible();
    const begin = Date.now();
    await expect.poll(() => Date.now() - begin, { timeout: 30_000 }).toBeGreaterThan(8000);
    await measure(async () => {
      await recording.click();
      await expect(page.getByText('Take 1').first()).toBeVisible({ timeout: 30_000 });
      await settle(page);
    });
  }));

test('project open', ({ browser }) =>
  expectShortTasks(browser, async (page, measure) => {
    await playDemo(page);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await measure(async () => {
      await drop(page, 'sc-rack', 'sixty.json', Buffer.from(largeProject()));
      await expect(page.locator('sc-rack section.card')).toHaveCount(60, { timeout: 30_000 });
      await settle(page);
    });
  }));
