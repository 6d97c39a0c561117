// SPDX-License-Identifier: MIT
// What the stories of `npm run pictures` are made of.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { FakeInput } from '../support/fake-input.ts';
import { hold } from '../support/gestures.ts';
import { card } from '../support/rack.ts';

export interface Walk {
  readonly page: Page;
  readonly isPhone: boolean;
  /** A picture of the whole screen, or of `parts` and a little around them, and its line in the gallery. */
  readonly take: (name: string, title: string, ...parts: Locator[]) => Promise<void>;
  /** A picture of the banners and what is above them. */
  readonly takeBanner: (name: string, title: string) => Promise<void>;
}
/** A walk through the app. */
export interface Story {
  readonly title: string;
  readonly run: (walk: Walk) => Promise<void>;
}

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
export const choose = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('menuitem', { name }).first().click();
/** The letters come when the page is idle. */
export const open = async (page: Page, address = './'): Promise<void> => {
  await page.goto(address);
  await page.waitForFunction(() => document.fonts.check('16px "Instrument Sans Variable"'));
};
export const said = (page: Page, sentence: string | RegExp): Promise<void> =>
  expect(page.getByText(sentence).first()).toBeVisible();
/** The mark on top says so; on a phone it stands behind the project's name. */
export const saved = (page: Page): Promise<void> =>
  expect(page.locator('header.top [role=status], .phone-top .project .micro')).toHaveText(
    /(^|, )\s*saved\s*$/i,
  );
export const openProjectMenu = (page: Page): Promise<void> =>
  page.locator('header .project').click();
export const dialog = (page: Page): Locator => page.locator('dialog[open]');
export const toast = (page: Page): Locator => page.locator('.toast');
/** … and the bar that it stands above. */
export const toastAndBar = (page: Page): Locator[] => [
  toast(page),
  page.locator('footer.transport, aside.master-bar'),
];
export const popover = (page: Page): Locator => page.locator('.popover');
export const closed = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await expect(popover(page)).toHaveCount(0);
};

/** One of the phone's screens. */
export const go = (page: Page, screen: 'Rack' | 'Rigs' | 'Takes'): Promise<void> =>
  page.getByRole('navigation', { name: 'Screens' }).getByText(screen).click();
/** A knob's own menu. */
export const openKnobMenu = async (
  { page, isPhone }: Walk,
  knob: Locator,
  name: string,
): Promise<void> => {
  const menu = page.getByRole('menu', { name: `${name} menu` });
  if (isPhone) await hold(page, knob, menu);
  else await knob.click({ button: 'right' });
  await expect(menu).toBeVisible();
};
/** On a phone a module's knobs and menu are there when it is open. */
export const openCard = async ({ page, isPhone }: Walk, name: string): Promise<void> => {
  if (!isPhone) return;
  const opener = card(page, name).locator('.opener');
  if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.tap();
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
};

export const kPlayedDb = -14;
/** From the first screen to a guitar that is heard, or not. */
export async function plugIn(page: Page, input: FakeInput, headphones = true): Promise<void> {
  await open(page);
  await press(page, 'Plug in');
  await press(page, 'Allow the microphone');
  await input.play(kPlayedDb);
  await press(page, 'Continue');
  await press(page, headphones ? 'Headphones or interface' : 'Loudspeakers');
  await expect(page.locator('sc-rack')).toBeVisible();
}
