// SPDX-License-Identifier: MIT
// The colours of tokens.css against WCAG 2: text can be read on every ground that it may stand on.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('./tokens.css', import.meta.url)), 'utf8');

/** The opaque colours of the first block after `selector`. */
function colours(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf('}', from));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
      name,
      hex,
    ]),
  );
}
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const kDark = colours(':root');
const kThemes = {
  dark: kDark,
  'light by the system': colours(":root:not([data-theme='dark'])"),
  'light by choice': colours(":root[data-theme='light']"),
};
const kGrounds = [0, 1, 2, 3, 4].map((n) => `surface-${n}`);
/** Text, and the darkest or lightest surfaces that it may stand on besides those above. */
const kOn: readonly (readonly [text: string, grounds: readonly string[], least: number])[] = [
  ['text-1', [...kGrounds, 'surface-5'], 4.5],
  ['text-2', [...kGrounds, 'surface-5'], 4.5],
  ['text-3', kGrounds, 4.5],
  ['signal', [...kGrounds, 'surface-5'], 4.5],
  ['hot', [...kGrounds, 'surface-5'], 4.5],
  ['clip', kGrounds, 4.5],
  ['on-ink', ['ink'], 4.5],
  ['on-signal', ['signal'], 4.5],
  ['on-hot', ['hot'], 4.5],
  ['on-clip', ['clip'], 4.5],
  // Not text: what alone marks a control, and the focus.
  ['line-3', kGrounds, 3],
  ['focus', kGrounds, 3],
  ...['drive', 'amp', 'dynamics', 'filter', 'modulation', 'space', 'instrument', 'utility'].map(
    (family) => [`fam-${family}`, kGrounds.slice(0, 4), 3] as const,
  ),
];

describe.each(Object.entries(kThemes))('contrast, %s', (_, theme) => {
  it.each(kOn)('%s on %j is at least %d', (text, grounds, least) => {
    for (const ground of grounds) {
      const [front, back] = [theme.get(text), theme.get(ground)];
      expect(front, text).toBeDefined();
      expect(back, ground).toBeDefined();
      expect(contrast(front ?? '', back ?? ''), `${text} on ${ground}`).toBeGreaterThanOrEqual(
        least,
      );
    }
  });
});
