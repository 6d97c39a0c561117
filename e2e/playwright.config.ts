// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { SonicOptions } from './support/test.ts';
import { kBaseFlags, kExecutable, kFakeDeviceFlags } from './support/browser.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// Each checkout has a port of its own, so that two can be tested on one machine at once.
const port = 20_000 + (createHash('sha256').update(root).digest().readUInt16BE(0) % 20_000);

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const launch = (...flags: string[]) => ({
  executablePath: kExecutable,
  args: [...kBaseFlags, ...flags],
});

// A spec's name says where it runs: phone-*.spec.ts by touch on a small screen, mic-*.spec.ts with a fake microphone,
// embed*.spec.ts on pages of its own, soak-*.spec.ts in `npm run soak` only, smoke.spec.ts everywhere, the rest on a desktop screen.
const kPhone = /\/(phone-.*|smoke)\.spec\.ts$/;
const kMicrophone = /\/mic-.*\.spec\.ts$/;
const kEmbed = /\/embed.*\.spec\.ts$/;
const kDownlevel = /\/(downlevel-.*|smoke)\.spec\.ts$/;
const kSoak = /\/soak-.*\.spec\.ts$/;
const kElsewhere = [/\/phone-/, /\/mic-/, /\/embed/, /\/downlevel-/, /\/soak-/];
// `npm run soak` sets it: what only a quiet machine can tell.
const isSoak = process.env['SONIC_SOAK'] !== undefined;

export default defineConfig<SonicOptions>({
  testDir: '.',
  outputDir: path.join(root, 'test-results'),
  // Audio keeps time in one browser at a time; a second worker gains nothing on two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['line'], ['json']] : [['list']],
  use: {
    baseURL: `http://localhost:${port}/`,
    trace: 'retain-on-failure',
    video: 'off',
    // The stories test the page as it was built; what the service worker keeps is tested where a spec allows it.
    serviceWorkers: 'block',
    launchOptions: launch(),
  },
  webServer: {
    command: `node server/serve.mjs --port ${port} --strict-port`,
    cwd: root,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
  projects: [
    { name: 'ui', testIgnore: kElsewhere, use: desktop },
    { name: 'phone', testMatch: kPhone, use: phone },
    { name: 'downlevel', testMatch: kDownlevel, use: { ...desktop, downlevel: true } },
    {
      name: 'mic',
      testMatch: kMicrophone,
      retries: 1,
      use: { ...desktop, launchOptions: launch(...kFakeDeviceFlags) },
    },
    { name: 'embed', testMatch: kEmbed, timeout: 120_000, use: desktop },
    ...(isSoak
      ? [
          {
            name: 'soak',
            testMatch: kSoak,
            use: { ...desktop, launchOptions: launch(...kFakeDeviceFlags) },
          },
        ]
      : []),
  ],
});
