// SPDX-License-Identifier: MIT
// The app on a server of the test's own: it can be stopped for good, and it can bring out a new version.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { serve } from '../../server/serve.mjs';
import { expect } from './test.ts';

const kDist = fileURLToPath(new URL('../../dist', import.meta.url));

export class AppServer {
  /** Paths below `base` that were asked for, in their order. */
  readonly asked: string[] = [];

  private constructor(
    readonly url: string,
    readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(base = '/music/sonic/'): Promise<AppServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sonic-app-'));
    cpSync(kDist, folder, { recursive: true });
    const options = { root: folder, port: '0', base, host: '127.0.0.1', 'strict-port': true };
    const { server, url } = await serve(options);
    const app = new AppServer(url, folder, server);
    app.server.prependListener('request', ({ url: asked = '' }) =>
      app.asked.push((asked.split('?')[0] ?? '').slice(base.length)),
    );
    return app;
  }

  /** Nothing answers any more. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
  async end(): Promise<void> {
    if (this.server.listening) await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** The next version: other names for all scripts, another page, another list. */
  release(name: string): void {
    const assets = path.join(this.folder, 'assets');
    const renamed = new Map<string, string>();
    for (const file of readdirSync(assets)) {
      const match = /^(.+)-[\w-]{8}\.js$/.exec(file);
      if (match) renamed.set(file, `${match[1]}-${name.padEnd(8, '0').slice(0, 8)}.js`);
    }
    expect(renamed.size).toBeGreaterThan(2);
    const rewrite = (file: string, change: (text: string) => string) => {
      let text = readFileSync(file, 'utf8');
      for (const [from, to] of renamed) text = text.replaceAll(from, to);
      writeFileSync(file, change(text));
    };
    for (const file of readdirSync(assets).filter((each) => each.endsWith('.js'))) {
      rewrite(path.join(assets, file), (text) => text);
    }
    for (const [from, to] of renamed) renameSync(path.join(assets, from), path.join(assets, to));
    rewrite(path.join(this.folder, 'index.html'), (text) =>
      text.replace(/<html lang="en"[^>]*>/, `<html lang="en" data-release="${name}">`),
    );
    rewrite(path.join(this.folder, 'service-worker.js'), (text) =>
      text
        .replace(/version:`[^`]+`/, `version:\`${name}\``)
        .replace(/\[`\.\/`,`[^`]+`\]/, `[\`./\`,\`${name}\`]`),
    );
  }
}

/** Everything that the worker is to keep has been kept. */
export async function expectKept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const keys = await caches.keys();
          const urls = await Promise.all(
            keys.map(async (key) => (await (await caches.open(key)).keys()).map(({ url }) => url)),
          );
          const all = urls.flat();
          return ['index-', 'engine-', 'settings-dialog-', 'manifest.webmanifest'].filter(
            (part) => !all.some((url) => url.includes(part)),
          );
        }),
      { timeout: 20_000 },
    )
    .toEqual([]);
}

/** The browser looks for a new version, and has it ready. */
export async function findUpdate(page: Page): Promise<void> {
  const state = async () => (await navigator.serviceWorker.ready).waiting?.state ?? '';
  // A search that meets one of the browser's own may come to nothing: then once more.
  await expect(async () => {
    await page.evaluate(() => void navigator.serviceWorker.ready.then((each) => each.update()));
    await expect.poll(() => page.evaluate(state), { timeout: 8000 }).toBe('installed');
  }).toPass({ timeout: 40_000 });
}
