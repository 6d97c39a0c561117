// SPDX-License-Identifier: MIT
// Pointer and touch as a hand does them: with moves in between.
import { expect, type Locator, type Page } from '@playwright/test';

export interface Point {
  x: number;
  y: number;
}

export async function centreOf(target: Locator): Promise<Point> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error(`${target} is not visible`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags with the mouse by (dx, dy) pixels; `release: false` leaves the button down. */
export async function dragBy(
  page: Page,
  target: Locator,
  { dx = 0, dy = 0, steps = 8, release = true }: Partial<DragOptions> = {},
): Promise<void> {
  const from = await centreOf(target);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx, from.y + dy, { steps });
  if (release) await page.mouse.up();
}
export interface DragOptions {
  dx: number;
  dy: number;
  steps: number;
  release: boolean;
}

/** Drags from the middle of one element to the middle of another. */
export async function dragTo(page: Page, from: Locator, to: Locator, steps = 12): Promise<void> {
  const start = await centreOf(from);
  const end = await centreOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps });
  await page.mouse.up();
}

/** Moves any number of fingers along straight lines at once; a pinch has two. */
export async function touchMove(
  page: Page,
  fingers: readonly { from: Point; to: Point }[],
  steps = 8,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const at = (share: number) =>
    fingers.map(({ from, to }, id) => ({
      id,
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
    }));
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: ReturnType<typeof at>,
  ) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', at(0));
  for (let step = 1; step <= steps; step += 1) await send('touchMove', at(step / steps));
  await send('touchEnd', []);
  await session.detach();
}

/** Drags with one finger by (dx, dy) pixels. */
export async function touchDragBy(
  page: Page,
  target: Locator,
  { dx = 0, dy = 0, steps = 8 }: Partial<DragOptions> = {},
): Promise<void> {
  const from = await centreOf(target);
  await touchMove(page, [{ from, to: { x: from.x + dx, y: from.y + dy } }], steps);
}

/** Two taps as quick as a hand's. On a busy machine they may come too far apart: then once more. */
export async function doubleTap(
  page: Page,
  target: Locator,
  until: () => Promise<void>,
): Promise<void> {
  const { x, y } = await centreOf(target);
  await expect(async () => {
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await until();
  }).toPass();
}

/** A finger that stays down until `until` is there. */
export async function hold(page: Page, target: Locator, until: Locator): Promise<void> {
  const point = await centreOf(target);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [{ id: 0, ...point }],
  });
  await expect(until).toBeVisible();
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
}
