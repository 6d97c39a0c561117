// SPDX-License-Identifier: MIT
// Whether a thumb can use a screen: nothing hides at the right, targets are large enough and far enough apart.
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

export async function expectNothingToTheRight(page: Page, where: string): Promise<void> {
  const tooWide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const boxes = [
      document.documentElement,
      ...document.querySelectorAll('main, header, aside, nav, .scroller'),
    ];
    return boxes
      .filter(
        ({ scrollWidth, clientWidth }) =>
          scrollWidth > Math.max(clientWidth, 0) || scrollWidth > width,
      )
      .map(({ tagName, className, scrollWidth }) => `${tagName} ${className}: ${scrollWidth}`);
  });
  expect.soft(tooWide, where).toEqual([]);
}

/**
 * What a thumb presses is at least 44 px in both directions; what counts is where a press arrives, and the area may be
 * larger than what is drawn. Between the squares of 44 px in the middles of any two there are 8 px.
 */
export async function expectThumbSized(page: Page, where: string): Promise<void> {
  const { small, close } = await page.evaluate(measureTargets);
  expect.soft(small, `${where}: at least 44 px`).toEqual([]);
  expect.soft(close, `${where}: 8 px between`).toEqual([]);
}

/** Runs in the page. */
function measureTargets(): { small: string[]; close: string[] } {
  const [kSide, kBetween, kSlack] = [44, 8, 0.5];
  interface Target {
    readonly name: string;
    readonly element: Element;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }
  /** How far from its middle a press still arrives, in one direction, up to `most`. */
  const reach = (element: Element, x: number, y: number, dx: number, dy: number, most: number) => {
    let far = 0;
    for (let step = 1; step <= most; step += 1) {
      const at = document.elementFromPoint(x + dx * step, y + dy * step);
      if (!at || !element.contains(at)) break;
      far = step;
    }
    return far;
  };
  const visible = document.querySelectorAll<HTMLElement>('button, [role="slider"], input, a[href]');
  const targets = [...visible].flatMap((part): Target[] => {
    // A field that opened is written in already: nobody has to press it.
    if (part instanceof HTMLInputElement && part === document.activeElement) return [];
    // A press on a field's label is one on the field.
    const element = part.closest('label') ?? part;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return [];
    const [x, y] = [left + width / 2, top + height / 2];
    const middle = document.elementFromPoint(x, y);
    if (!middle || !element.contains(middle)) return []; // covered, or scrolled out of view
    const side = (drawn: number, before: number, after: number) =>
      Math.max(drawn, before + after + 1);
    const most = kSide / 2;
    return [
      {
        name: part.getAttribute('aria-label') ?? part.textContent?.trim() ?? '',
        element,
        x,
        y,
        width: side(width, reach(element, x, y, -1, 0, most), reach(element, x, y, 1, 0, most)),
        height: side(height, reach(element, x, y, 0, -1, most), reach(element, x, y, 0, 1, most)),
      },
    ];
  });
  const scrollers = [...document.querySelectorAll('*')].filter((element) =>
    /auto|scroll/.test(getComputedStyle(element).overflow),
  );
  /** Half cut off by the edge of what scrolls: a thumb scrolls first. */
  const isCut = ({ element }: Target) => {
    const box = element.getBoundingClientRect();
    return scrollers.some((scroller) => {
      if (!scroller.contains(element)) return false;
      const view = scroller.getBoundingClientRect();
      return (
        box.top < view.top ||
        box.bottom > view.bottom ||
        box.left < view.left ||
        box.right > view.right
      );
    });
  };
  const scrollerOf = ({ element }: Target) =>
    scrollers.filter((scroller) => scroller.contains(element)).at(-1);
  const whole = targets.filter((target) => !isCut(target));
  const small = whole
    .filter(({ width, height }) => width < kSide - kSlack || height < kSide - kSlack)
    .map(({ name, width, height }) => `${name}: ${width.toFixed(0)} × ${height.toFixed(0)}`);
  /** Between the squares of 44 px in their middles. */
  const gap = (a: Target, b: Target) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) - kSide;
  const close = whole.flatMap((a, i) =>
    whole
      .slice(i + 1)
      .filter((b) => !a.element.contains(b.element) && !b.element.contains(a.element))
      // What scrolls below a bar can be scrolled away from it.
      .filter((b) => scrollerOf(a) === scrollerOf(b))
      .filter((b) => gap(a, b) < kBetween - kSlack)
      .map((b) => `${a.name} and ${b.name}: ${gap(a, b).toFixed(1)}`),
  );
  return { small, close };
}
