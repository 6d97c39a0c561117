// SPDX-License-Identifier: MIT
// Whether a screen has room for its text: nothing is cut, nothing hides at the right, everything can be pressed.
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** `part`: what lies over the rest of the page. */
export async function expectFits(page: Page, where: string, part = 'body'): Promise<void> {
  const found = await page.locator(part).last().evaluate(measure);
  expect.soft(found.cut, `${where}: text that is cut`).toEqual([]);
  expect.soft(found.wide, `${where}: scrolls sideways`).toEqual([]);
  expect.soft(found.hidden, `${where}: cannot be pressed`).toEqual([]);
}

/** Runs in the page. */
function measure(part: Element): { cut: string[]; wide: string[]; hidden: string[] } {
  const kSlack = 1.5;
  /** Rows that go on at the right by design: pages of the settings, tags, tabs. */
  const kStrips = '.pills, .pages, .phone-nav';
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest('.visually-hidden, .skip-link, svg');
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.classList.value} “${(
      element.getAttribute('aria-label') ??
      element.textContent ??
      ''
    )
      .trim()
      .slice(0, 40)}”`;

  const all = [part, ...part.querySelectorAll('*')].filter(isSeen);
  const wide = [document.documentElement, ...all]
    .filter((element) => !element.closest(kStrips))
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
    .concat(document.documentElement)
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + kSlack)
    .map(name);

  const cut: string[] = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent?.trim() || !element || !isSeen(element)) continue;
    if (element.closest(kStrips)) continue;
    range.selectNodeContents(text);
    const { left, right } = range.getBoundingClientRect();
    const home = element.closest('button, .card, .popover, dialog')?.getBoundingClientRect();
    const [from, to] = [
      Math.max(0, home?.left ?? 0),
      Math.min(innerWidth, home?.right ?? innerWidth),
    ];
    if (left < from - kSlack || right > to + kSlack) cut.push(`${name(element)} sticks out`);
    const style = getComputedStyle(element);
    const isClipped = style.overflowX === 'hidden' || style.overflowY === 'hidden';
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    if (isClipped && (scrollWidth > clientWidth + kSlack || scrollHeight > clientHeight + 2)) {
      cut.push(`${name(element)} is clipped`);
    }
  }

  const controls = 'button:not(:disabled), input, [role="slider"], a[href]:not(.skip-link)';
  const hidden = [...part.querySelectorAll<HTMLElement>(controls)]
    .filter(isSeen)
    .filter((control) => {
      control.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = control.getBoundingClientRect();
      const at = document.elementFromPoint(left + width / 2, top + height / 2);
      // A toast goes by itself.
      if (at?.closest('.toasts')) return false;
      return !at || !(control.contains(at) || control.closest('label')?.contains(at));
    });
  return { cut, wide, hidden: hidden.map(name) };
}
