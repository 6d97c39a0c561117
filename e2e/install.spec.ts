// SPDX-License-Identifier: MIT
// On the device: the browser may install the app, and files and shortcuts find their way into it.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { AppServer, expectKept } from './support/app-server.ts';
import { expectAccessible } from './support/axe.ts';
import { kBaseFlags, kExecutable } from './support/browser.ts';
import { FakeInput } from './support/fake-input.ts';
import { expect, test } from './support/test.ts';

const kProject = JSON.stringify({
  format: 'sonic-core',
  version: 1,
  name: 'From outside',
  nodes: { in: { type: 'input' }, g1: { type: 'gate' }, out: { type: 'output' } },
  wires: {
    w1: { from: ['in', 'out'], to: ['g1', 'in'] },
    w2: { from: ['g1', 'out'], to: ['out', 'in'] },
  },
});

test.describe.configure({ timeout: 60_000 });

const openAbout = async (page: Page) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'About' }).click();
  return page.getByRole('tabpanel');
};
const startDemo = async (page: Page) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Play the demo' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
    timeout: 20_000,
  });
};

/** Runs in the page before its own scripts: a browser that asks once. */
function offerInstall(): void {
  const scope = globalThis as unknown as { asked: number };
  scope.asked = 0;
  addEventListener('load', () => {
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
      prompt: () => {
        scope.asked += 1;
        return Promise.resolve({ outcome: 'accepted' });
      },
    });
    dispatchEvent(event);
  });
}

test('the browser finds nothing that keeps it from installing', async () => {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'sonic-profile-'));
  const server = await AppServer.start();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: kExecutable,
    args: kBaseFlags,
    serviceWorkers: 'allow',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(server.url);
    await expectKept(page);
    const session = await context.newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    expect(manifest.url).toBe(`${server.url}manifest.webmanifest`);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    // The browser's own offer, not one of the test's.
    await expect(page.getByRole('button', { name: 'Install' })).toBeVisible();
  } finally {
    await context.close();
    await server.end();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('every icon of the manifest is there in the size that it promises', async ({ page }) => {
  await page.goto('./');
  const wrong = await page.evaluate(async () => {
    const base = new URL('manifest.webmanifest', document.baseURI);
    const manifest = (await (await fetch(base)).json()) as {
      icons: { src: string; sizes: string }[];
      shortcuts: { icons: { src: string; sizes: string }[] }[];
    };
    const icons = [...manifest.icons, ...manifest.shortcuts.flatMap((each) => each.icons)];
    const found = await Promise.all(
      icons.map(async ({ src, sizes }) => {
        const image = new Image();
        image.src = new URL(src, base).href;
        await image.decode();
        const size = `${image.naturalWidth}x${image.naturalHeight}`;
        return sizes === 'any' || sizes === size ? '' : `${src} is ${size}`;
      }),
    );
    return found.filter(Boolean);
  });
  expect(wrong).toEqual([]);
});

test('the button asks once, and goes when the app is on the device', async ({ page }) => {
  await page.addInitScript(offerInstall);
  await page.goto('./');
  const button = page.getByRole('button', { name: 'Install' });
  await expectAccessible(page, 'first screen with its button');
  await button.press('Enter');
  await expect(button).toBeHidden();
  expect(await page.evaluate(() => (globalThis as unknown as { asked: number }).asked)).toBe(1);

  await startDemo(page);
  const about = await openAbout(page);
  await expect(about.getByRole('button', { name: 'Install' })).toBeVisible();
  await expectAccessible(page, 'about');
  await page.evaluate(() => dispatchEvent(new Event('appinstalled')));
  await expect(about.getByRole('button', { name: 'Install' })).toBeHidden();
  await expect(about).toContainText('Installed');
});

test.describe('where the browser has no button', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  });
  test('the page says what to press', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'Install' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await expect(settings).toContainText('Press Share, then “Add to Home Screen”.');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Install' })).toBeFocused();
  });
});

test('a shortcut starts what it says', async ({ page }) => {
  await page.goto('./?start=plug-in');
  await expect(page.getByRole('dialog', { name: 'Plug in' })).toBeVisible();
  await page.goto('./?start=demo');
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible({
    timeout: 20_000,
  });
  // A reload is not a second press of the shortcut.
  expect(new URL(page.url()).search).toBe('');
});

test('the tuner’s shortcut leads through plugging in to the tuner', async ({ page }) => {
  const input = await FakeInput.install(page);
  await page.goto('./?start=tuner');
  await page.getByRole('button', { name: 'Allow the microphone' }).click();
  await input.play(-14);
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Headphones or interface' }).click();
  await expect(page.getByRole('dialog', { name: 'Tuner' })).toBeVisible();
});

test('a file that is opened with the app is opened', async ({ page }) => {
  await page.addInitScript(() => {
    const scope = globalThis as unknown as { launch: (params: unknown) => void };
    Object.defineProperty(globalThis, 'launchQueue', {
      value: { setConsumer: (consumer: (params: unknown) => void) => (scope.launch = consumer) },
    });
  });
  await page.goto('./');
  await expect
    .poll(() => page.evaluate(() => typeof (globalThis as { launch?: unknown }).launch))
    .toBe('function');
  const launch = (name: string, bytes: number[]) =>
    page.evaluate(
      ([fileName, content]) => {
        const file = new File([new Uint8Array(content)], fileName);
        (globalThis as unknown as { launch: (params: unknown) => void }).launch({
          targetURL: location.href,
          files: [{ getFile: () => Promise.resolve(file) }],
        });
      },
      [name, bytes] as const,
    );
  await launch('outside.sonic.json', [...Buffer.from(kProject)]);
  await expect(page.getByRole('banner').getByRole('button', { name: 'From outside' })).toBeVisible({
    timeout: 20_000,
  });
  // Without a cabinet to put it in, a WAV says what to do.
  await launch('room.wav', [1, 2, 3]);
  await expect(page.getByText('A WAV goes into a cabinet.')).toBeVisible();
});

test.describe('shared with the app', () => {
  test.use({ serviceWorkers: 'allow' });
  test('a file goes through the worker into the rack', async ({ page }) => {
    await page.goto('./');
    await expectKept(page);
    await page.reload();
    await page.evaluate((text) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.enctype = 'multipart/form-data';
      form.action = './share';
      const input = document.createElement('input');
      input.type = 'file';
      input.name = 'files';
      const files = new DataTransfer();
      files.items.add(new File([text], 'Größe & co.json', { type: 'application/json' }));
      input.files = files.files;
      form.append(input);
      document.body.append(form);
      form.submit();
    }, kProject);
    await expect(
      page.getByRole('banner').getByRole('button', { name: 'From outside' }),
    ).toBeVisible({
      timeout: 20_000,
    });
    expect(new URL(page.url()).search).toBe('');
    // Taken once: a reload opens nothing.
    expect(await page.evaluate(() => caches.has('sonic-core-shared'))).toBe(false);
  });
});
