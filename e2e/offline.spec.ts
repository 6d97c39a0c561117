// SPDX-License-Identifier: MIT
// Once visited, the app needs no network, below any path.
import { gzipSync } from 'node:zlib';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppServer, expectKept } from './support/app-server.ts';
import { Loudspeaker } from './support/loudspeaker.ts';
import { expect, test } from './support/test.ts';

const kFirstLoadBytes = 500_000;

test.use({ serviceWorkers: 'allow' });
test.describe.configure({ timeout: 60_000 });

let server: AppServer;
test.beforeEach(async () => {
  server = await AppServer.start();
});
test.afterEach(() => server.end());

test('starts, sounds and opens its dialogs with the server stopped', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  await page.goto(server.url);
  await expectKept(page);
  await server.stop();

  await page.reload();
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect.poll(() => speaker.nowDb(), { timeout: 20_000 }).toBeGreaterThan(-40);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();

  // A fresh visit, with what a link may carry.
  await page.goto(`${server.url}index.html?from=a-friend#rack`);
  await expect(page.getByRole('button', { name: 'Play the demo' })).toBeVisible();
});

test('fetches at most 500 kB up to the first sound, and no dialog', async ({ page }) => {
  const speaker = await Loudspeaker.install(page);
  // What the page waits for; the service worker keeps the rest behind its back, earlier or later as the network allows.
  const own = new Set<string>();
  page.on('request', (request) => {
    if (!request.serviceWorker()) own.add(request.url().slice(server.url.length));
  });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect.poll(() => speaker.secondsToSound(), { timeout: 20_000 }).toBeDefined();

  // The browser does not tell of what a worker or a worklet asks for.
  const isOfEngine = (name: string) => /(engine|sonic|probe)-/.test(name);
  const asked = [...new Set(server.asked)]
    .filter((name) => own.has(name) || isOfEngine(name))
    .map((name) => (name === '' ? 'index.html' : name));
  const sizes = asked
    .map((name) => [name, path.join(server.folder, name)] as const)
    .filter(([, file]) => existsSync(file))
    .map(([name, file]) => [name, gzipSync(readFileSync(file), { level: 9 }).length] as const);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  test.info().annotations.push({ type: 'first load', description: `${total} bytes gzipped` });
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(kFirstLoadBytes);
  expect(asked.join(' ')).toMatch(/engine-[\w-]{8}\.wasm/);
  expect(asked.join(' ')).not.toContain('dialog');
});

test('what the host has beside the app is the host’s to answer', async ({ page }) => {
  await page.goto(server.url);
  await expectKept(page);
  await page.reload();
  writeFileSync(path.join(server.folder, 'other.json'), '{"beside":true}');
  const beside = () => page.evaluate(() => fetch('other.json').then((answer) => answer.json()));
  expect(await beside()).toEqual({ beside: true });
  writeFileSync(path.join(server.folder, 'other.json'), '{"beside":false}');
  expect(await beside()).toEqual({ beside: false });
});
