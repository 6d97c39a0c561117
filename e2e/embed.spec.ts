// SPDX-License-Identifier: MIT
// The package as a stranger gets it: packed, installed into an empty folder, played from a plain server.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './support/test.ts';
import { serveFolder, type PlainServer } from './support/plain-server.ts';
import type { Page } from '@playwright/test';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const kCsp = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
let folder = '';

/** An empty folder with the tarball installed, as `npm install sonic-core` leaves it. */
test.beforeAll(({}, testInfo) => {
  folder = testInfo.outputPath('stranger');
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: path.join(root, 'web') });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module","private":true}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], {
    cwd: folder,
  });
  cpSync(path.join(root, 'examples/embed-minimal'), folder, { recursive: true });
});

/** Presses the button and waits until the engine's output moves. */
async function playsHere(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button').click();
  await expect
    .poll(async () => Number(/peak ([\d.]+)/.exec(await page.title())?.[1] ?? 0), {
      timeout: 20_000,
    })
    .toBeGreaterThan(0.05);
}

/** The example by an import map instead of a bundler, without inline scripts. */
function withoutBundler(): void {
  const main = `import { SonicEngine } from './node_modules/sonic-core/dist/index.js';`;
  const source = execFileSync('cat', [path.join(root, 'examples/embed-minimal/main.js')], {
    encoding: 'utf8',
  });
  writeFileSync(path.join(folder, 'main.js'), source.replace(/import \{ SonicEngine \}.*/, main));
}

test('plays from a plain static server without special headers', async ({ page }) => {
  withoutBundler();
  const server: PlainServer = await serveFolder(folder);
  await playsHere(page, `${server.url}index.html`);
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
  await server.close();
});

test('plays under a strict Content-Security-Policy', async ({ page }) => {
  withoutBundler();
  const server = await serveFolder(folder, { headers: { 'content-security-policy': kCsp } });
  await playsHere(page, `${server.url}index.html`);
  await server.close();
});

test('plays where the server does not know the type of .wasm', async ({ page }) => {
  withoutBundler();
  const server = await serveFolder(folder, { wasmType: 'application/octet-stream' });
  await playsHere(page, `${server.url}index.html`);
  await server.close();
});

test('plays from a vite build below a sub-path', async ({ page }) => {
  cpSync(path.join(root, 'examples/embed-minimal/main.js'), path.join(folder, 'main.js'));
  const built = path.join(folder, 'built/some/where');
  execFileSync(
    path.join(root, 'node_modules/.bin/vite'),
    ['build', folder, '--base', './', '--outDir', built, '--logLevel', 'warn'],
    { cwd: folder },
  );
  const server = await serveFolder(path.join(folder, 'built'));
  await playsHere(page, `${server.url}some/where/index.html`);
  await server.close();
});

test('says in one sentence that files of different builds do not go together', async ({ page }) => {
  withoutBundler();
  const server = await serveFolder(folder);
  await page.route('**/engine.wasm', (route) =>
    route.fulfill({
      contentType: 'application/wasm',
      // A valid module that exports nothing of ours.
      body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]),
    }),
  );
  await page.goto(`${server.url}index.html`);
  const message = await page.evaluate(async () => {
    const address = './node_modules/sonic-core/dist/index.js';
    const { SonicEngine } = (await import(address)) as {
      SonicEngine: { create(context: AudioContext): Promise<unknown> };
    };
    return SonicEngine.create(new AudioContext()).then(
      () => 'no error',
      (error: Error) => error.message,
    );
  });
  expect(message).toContain('different builds');
  await server.close();
});

test('plays where a module cannot be cloned into the worklet', async ({ page }) => {
  withoutBundler();
  const server = await serveFolder(folder);
  await page.addInitScript(() => {
    const Native = AudioWorkletNode;
    globalThis.AudioWorkletNode = class extends Native {
      constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        if ((options?.processorOptions as { module?: unknown } | undefined)?.module) {
          throw new DOMException('The module cannot be cloned.', 'DataCloneError');
        }
        super(context, name, options);
      }
    };
  });
  await playsHere(page, `${server.url}index.html`);
  await server.close();
});
