// SPDX-License-Identifier: MIT
// Files on the device, in a real browser: in its own file system, and in IndexedDB where that is missing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { rolldown } from 'rolldown';
import type { FileStore } from '../pwa/src/storage/file-store.ts';
import { serveFolder, type PlainServer } from './support/plain-server.ts';
import { expect, test } from './support/test.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const kMegabyte = 1024 * 1024;
let server: PlainServer;

interface Scope {
  store: FileStore;
  isFull(error: unknown): boolean;
}

/** A page with the store and nothing else. */
async function openStore(page: Page): Promise<void> {
  await page.goto(`${server.url}index.html`);
  await page.evaluate(async () => {
    const address = './file-store.js';
    const loaded = (await import(address)) as {
      openFileStore(): Promise<FileStore>;
      isFull(error: unknown): boolean;
    };
    Object.assign(globalThis, { store: await loaded.openFileStore(), isFull: loaded.isFull });
  });
}
const inOpfs = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;
  });
const inIdb = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));

/** Takes the file system away before the page's scripts run. */
const withoutOpfs = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'storage', { configurable: true, value: undefined });
  });
const refuseOpfs = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    StorageManager.prototype.getDirectory = () =>
      Promise.reject(new DOMException('private window', 'SecurityError'));
  });

test.beforeAll(async ({}, testInfo) => {
  const folder = testInfo.outputPath('store');
  const bundle = await rolldown({ input: path.join(root, 'pwa/src/storage/file-store.ts') });
  await bundle.write({ file: path.join(folder, 'file-store.js'), format: 'es' });
  await bundle.close();
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,">');
  server = await serveFolder(folder);
});
test.afterAll(() => server.close());

const kFileSystem = 'the file system';
const kHomes: readonly [name: string, prepare: (page: Page) => Promise<unknown>][] = [
  [kFileSystem, async () => {}],
  ['IndexedDB, no file system', withoutOpfs],
  ['IndexedDB, file system refused', refuseOpfs],
];
for (const [home, prepare] of kHomes) {
  test(`${home}: files are written, replaced, listed, removed, and there after a reload`, async ({
    page,
  }) => {
    await prepare(page);
    await openStore(page);
    const before = await page.evaluate(async () => {
      const { store } = globalThis as unknown as Scope;
      await store.write('takes/a/0001', new Uint8Array([9, 9, 9, 9, 9, 9]));
      await store.write('takes/a/0001', new Uint8Array([1, 2, 3]));
      const wide = new Uint8Array(100).fill(7);
      await store.write('takes/a/0000', wide.subarray(10, 30));
      await store.write('takes/b/c/0000', new Uint8Array([4]));
      await store.write('takes/note', new Uint8Array([]));
      await store.write('takesoff', new Uint8Array([5]));
      return {
        missing: (await store.read('takes/a/0002')) === undefined,
        nowhere: (await store.read('no/such/folder')) === undefined,
        none: await store.list('no/such'),
        list: await store.list('takes/a'),
        top: await store.list('takes'),
        folders: await store.folders('takes'),
      };
    });
    expect(before).toEqual({
      missing: true,
      nowhere: true,
      none: [],
      list: [
        { name: '0000', bytes: 20 },
        { name: '0001', bytes: 3 },
      ],
      top: [{ name: 'note', bytes: 0 }],
      folders: ['a', 'b'],
    });

    await openStore(page);
    const after = await page.evaluate(async () => {
      const { store } = globalThis as unknown as Scope;
      const read = [...((await store.read('takes/a/0001')) ?? [])];
      await store.remove('takes/a/0001');
      await store.remove('takes/a/0001');
      const left = await store.list('takes/a');
      await store.removeFolder('takes');
      await store.removeFolder('takes');
      const folders = await store.folders('takes');
      const beside = [...((await store.read('takesoff')) ?? [])];
      return { read, left, folders, beside };
    });
    expect(after).toEqual({
      read: [1, 2, 3],
      left: [{ name: '0000', bytes: 20 }],
      folders: [],
      beside: [5],
    });
    if (home === kFileSystem) expect(await inOpfs(page)).toEqual(['takesoff']);
    else expect(await inIdb(page)).toEqual(['sonic-core-files']);
  });

  test(`${home}: a full disk is told apart, and leaves what was there`, async ({ page }) => {
    await prepare(page);
    await page.goto(`${server.url}index.html`);
    // Before the first write: Chromium's IndexedDB remembers for a while how much room there was.
    const cdp = await page.context().newCDPSession(page);
    const origin = new URL(server.url).origin;
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: kMegabyte });
    await openStore(page);
    await page.evaluate(() =>
      (globalThis as unknown as Scope).store.write('assets/a', new Uint8Array([1, 2, 3])),
    );
    const full = await page.evaluate(async (bytes) => {
      const { store, isFull } = globalThis as unknown as Scope;
      const large = new Uint8Array(bytes);
      for (let at = 0; at < bytes; at += 65_536)
        crypto.getRandomValues(large.subarray(at, at + 65_536));
      const tell = (path: string) =>
        store.write(path, large).then(
          () => 'written',
          (error: unknown) => (isFull(error) ? 'full' : String(error)),
        );
      return {
        over: await tell('assets/a'),
        fresh: await tell('assets/b'),
        kept: [...((await store.read('assets/a')) ?? [])],
        list: await store.list('assets'),
        other: isFull(new Error('QuotaExceededError')),
      };
    }, 4 * kMegabyte);
    expect(full).toEqual({
      over: 'full',
      fresh: 'full',
      kept: [1, 2, 3],
      list: [{ name: 'a', bytes: 3 }],
      other: false,
    });
  });
}

test('what IndexedDB kept is still found once the browser has a file system', async ({
  page,
  context,
}) => {
  await refuseOpfs(page);
  await openStore(page);
  await page.evaluate(() =>
    (globalThis as unknown as Scope).store.write('assets/old', new Uint8Array([6])),
  );
  const later = await context.newPage();
  await openStore(later);
  const found = await later.evaluate(async () => {
    const { store } = globalThis as unknown as Scope;
    await store.write('assets/new', new Uint8Array([7, 7]));
    const read = [...((await store.read('assets/old')) ?? [])];
    const list = await store.list('assets');
    await store.remove('assets/old');
    return { read, list, left: await store.list('assets') };
  });
  expect(found).toEqual({
    read: [6],
    list: [
      { name: 'new', bytes: 2 },
      { name: 'old', bytes: 1 },
    ],
    left: [{ name: 'new', bytes: 2 }],
  });
});
