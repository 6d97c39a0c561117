// SPDX-License-Identifier: MIT
// Browsers and places that give the page less than it could have.
import type { Page } from '@playwright/test';

/** As in a private window: nothing is kept. To be called before the page is opened. */
export const keepNothing = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('Blocked by the test', 'SecurityError');
    };
    IDBFactory.prototype.open = refuse;
    StorageManager.prototype.getDirectory = async () => refuse();
  });

const kInsecure = 'http://sonic.test/';

/** The app under an address that browsers do not trust, which it gives. */
export async function serveInsecurely(page: Page, baseUrl: string): Promise<string> {
  await page.route(`${kInsecure}**`, async (route) => {
    const url = route.request().url().replace(kInsecure, baseUrl);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  return kInsecure;
}
