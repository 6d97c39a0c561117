// SPDX-License-Identifier: MIT
// `npm run pictures`: every screen, at two sizes, dark and light. Not a test: nothing is compared.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const desktop = { viewport: { width: 1440, height: 900 } };
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

export default defineConfig({
  ...base,
  use: { ...base.use, serviceWorkers: 'allow' },
  testDir: '.',
  testMatch: 'take.ts',
  outputDir: path.join(root, 'test-results/pictures'),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['line']],
  projects: [
    { name: 'dark', use: { ...desktop, colorScheme: 'dark' } },
    { name: 'light', use: { ...desktop, colorScheme: 'light' } },
    { name: 'phone-dark', use: { ...phone, colorScheme: 'dark' } },
    { name: 'phone-light', use: { ...phone, colorScheme: 'light' } },
  ],
});
