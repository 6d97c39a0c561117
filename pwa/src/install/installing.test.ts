// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { hintOf } from './installing.ts';

const kMac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
    5,
    'ios',
  ],
  [`${kMac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`, 5, 'ios'],
  [
    `${kMac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`,
    0,
    'mac-safari',
  ],
  [`${kMac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36`, 0, undefined],
  ['Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0', 5, 'firefox-android'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 0, undefined],
] as const)('%s, %i touch points: %s', (agent, touchPoints, hint) => {
  expect(hintOf(agent, touchPoints)).toBe(hint);
});
