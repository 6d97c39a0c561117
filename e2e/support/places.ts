// SPDX-License-Identifier: MIT
// Everything that opens, one after the other: each is looked at while it is open, and closed by Esc.
import type { Locator, Page } from '@playwright/test';
import { FakeInput, kHeadset, kInterface } from './fake-input.ts';
import { plugInMidi } from './midi.ts';
import { card, dial, playDemo } from './rack.ts';
import { menuOf, record } from './takes.ts';
import { expect } from './test.ts';

/** Looks at what is on the screen now, or at the part of it that has just opened. */
export type Look = (where: string, part?: string) => Promise<void>;

const kDialog = 'dialog[open]';
const kPages = ['Audio', 'MIDI', 'Keyboard', 'Projects and storage', 'Appearance', 'About'];

export class Places {
  constructor(
    private readonly page: Page,
    private readonly look: Look,
    /** The screen of a phone: one list, and tabs below it. */
    private readonly isPhone: boolean,
    private readonly isTouch: boolean,
  ) {}

  async all(): Promise<void> {
    await this.plugIn();
    await plugInMidi(this.page.context());
    await playDemo(this.page);
    await this.press(this.button('Stop'));
    await this.rack();
    await this.rigs();
    await this.takes();
    await this.dialogs();
    await this.settings();
    await this.projects();
    await this.emptyRack();
  }

  private press(target: Locator): Promise<void> {
    return this.isTouch ? target.tap() : target.click();
  }
  private button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }
  /** Its key may stand behind its name. */
  private item(name: string): Locator {
    return this.page.getByRole('menuitem', { name: new RegExp(`^${name}`) });
  }
  private dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name, exact: typeof name === 'string' });
  }
  private async close(opened: Locator): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  }
  private async peek(
    where: string,
    open: () => Promise<void>,
    opened: Locator,
    part?: string,
  ): Promise<void> {
    await open();
    await expect(opened).toBeVisible();
    const isPopover = await this.page.locator('.popover').last().isVisible();
    const isDialog = await this.page.locator('dialog[open]').isVisible();
    await this.look(where, part ?? (isPopover ? '.popover' : isDialog ? kDialog : undefined));
    await this.close(opened);
  }
  private async screen(name: 'Rack' | 'Rigs' | 'Takes'): Promise<void> {
    if (this.isPhone) {
      await this.press(
        this.page.getByRole('navigation', { name: 'Screens' }).getByText(name, { exact: true }),
      );
    } else if (name !== 'Rack') {
      await this.press(this.page.getByRole('radio', { name, exact: true }));
    }
  }

  private async plugIn(): Promise<void> {
    const { page } = this;
    const input = await FakeInput.install(page, [kHeadset, kInterface]);
    await page.goto('./');
    await expect(this.button('Play the demo')).toBeVisible();
    await this.look('first screen');
    const dialog = this.dialog('Plug in');
    const said = (text: string) => expect(dialog).toContainText(text);
    await this.press(this.button('Plug in'));
    await expect(dialog).toBeVisible();
    await this.look('plug in', kDialog);
    await input.answer('NotAllowedError');
    await this.press(this.button('Allow the microphone'));
    await said('The microphone is blocked for this page.');
    await this.look('plug in, blocked', kDialog);
    await input.answer('grant');
    await this.press(this.button('Try again'));
    await said('Where is your guitar plugged in?');
    await this.look('plug in, which input', kDialog);
    await this.close(dialog);
  }

  private async rack(): Promise<void> {
    const { page } = this;
    const popover = page.locator('.popover');
    await this.look('rack');
    const project = page.locator('header .project');
    await this.peek('project menu', () => this.press(project), popover);
    await this.peek('add a module', () => this.press(this.button('Add module')), popover);
    await this.peek('tuner', () => this.press(this.button('Tuner')), this.dialog('Tuner'));
    if (this.isPhone) {
      await this.peek('volume', () => this.press(this.button(/^Volume/)), this.dialog('Volume'));
      await this.press(card(page, 'Cabinet').locator('.opener'));
    } else {
      for (const name of ['Load', 'Latency']) {
        const fact = this.button(new RegExp(`${name}$`));
        await this.peek(name, () => this.press(fact), this.dialog(name));
      }
    }
    const menu = this.button('Cabinet menu');
    await this.peek('module menu', () => this.press(menu), this.item('Presets'));
    await this.press(menu);
    const presets = this.dialog('Presets of Cabinet');
    await this.peek('module presets', () => this.press(this.item('Presets')), presets);
    await this.press(menu);
    await this.press(this.item('All settings'));
    const settings = this.dialog('All settings of Cabinet');
    await expect(settings).toBeVisible();
    await this.look('all settings', '.popover');
    const choice = settings.getByRole('button', { name: /^Microphone/ });
    await this.peek('choices', () => this.press(choice), page.getByRole('listbox'));
    await this.close(settings);
    await this.knob();
  }

  private async knob(): Promise<void> {
    const { page } = this;
    const knob = dial(card(page, 'Cabinet'), 'Distance');
    await this.peek('knob menu', () => knob.press('Shift+F10'), this.item('MIDI learn'));
    await knob.press('Shift+F10');
    const learn = this.dialog('MIDI learn');
    await this.peek('MIDI learn', () => this.press(this.item('MIDI learn')), learn);
    const field = card(page, 'Cabinet').getByRole('textbox', { name: /Distance/ });
    await this.peek('typed value', () => knob.press('Enter'), field, 'sc-rack');
  }

  private async rigs(): Promise<void> {
    const { page } = this;
    await this.screen('Rigs');
    await expect(page.getByText('Growling bass')).toBeVisible();
    await this.look('rigs');
    const rigMenu = page.locator('.rig-name, [aria-label="Rig menu"]');
    await this.peek('rig menu', () => this.press(rigMenu), this.item('Import presets'));
    await this.peek(
      'preset menu',
      () => this.press(menuOf(page, 'Glass clean')),
      this.item('Export'),
    );
    const search = page.getByRole('searchbox', { name: 'Search rigs' });
    await search.fill('zither');
    await expect(page.getByText('No rig fits that.')).toBeVisible();
    await this.look('rigs, nothing found', 'sc-presets');
    await search.fill('');
    const tabs = page.getByRole('radiogroup', { name: 'Show' });
    await this.press(tabs.getByRole('radio', { name: 'Modules' }));
    await this.look('modules', 'sc-palette');
    await this.press(tabs.getByRole('radio', { name: 'Rigs' }));
    await this.press(rigMenu);
    await this.press(this.item('Save as a preset'));
    const dialog = this.dialog('Save as a preset');
    await expect(dialog).toBeVisible();
    await this.look('save as a preset', kDialog);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine');
    await this.press(dialog.getByRole('button', { name: 'Save', exact: true }));
    await expect(page.getByRole('status').filter({ hasText: 'Mine saved' })).toBeVisible();
    await this.look('a toast', '.toasts');
    await this.peek('own preset menu', () => this.press(menuOf(page, 'Mine')), this.item('Delete'));
    await this.press(menuOf(page, 'Mine'));
    const edit = this.dialog('Name and tags');
    await this.peek('name and tags', () => this.press(this.item('Name and tags')), edit);
  }

  private async takes(): Promise<void> {
    const { page } = this;
    await this.screen('Takes');
    await this.look('no take yet', 'sc-takes');
    await record(page, 1);
    await this.look('takes', 'sc-takes');
    await this.peek('take menu', () => this.press(menuOf(page, 'Take 1')), this.item('Rename'));
    await this.press(menuOf(page, 'Take 1'));
    const field = page.getByRole('textbox', { name: 'Name of the take' });
    await this.peek('take, renamed', () => this.press(this.item('Rename')), field, 'sc-takes');
  }

  private async dialogs(): Promise<void> {
    const { page } = this;
    await this.screen('Rack');
    for (const [key, name] of [
      ['Control+k', 'Find anything'],
      ['?', 'All keys'],
    ] as const) {
      await this.peek(name, () => page.keyboard.press(key), this.dialog(name));
    }
  }

  private async settings(): Promise<void> {
    const { page } = this;
    await this.press(this.button('Settings'));
    const dialog = this.dialog('Settings');
    for (const name of kPages) {
      const tab = dialog.getByRole('tab', { name, exact: true });
      await this.press(tab);
      await expect(page.getByRole('tabpanel', { name })).toBeVisible();
      await this.look(`settings, ${name}`, kDialog);
      if (name === 'Keyboard') {
        const change = dialog.getByRole('button', { name: 'Change the key for Record a take' });
        await this.press(change);
        await page.keyboard.press('Space');
        await expect(dialog).toContainText('Space stands for “Play or stop” now.');
        await this.look('settings, a key that is taken', kDialog);
        await this.press(dialog.getByRole('button', { name: 'Cancel' }));
      }
      if (name === 'Projects and storage') {
        await this.press(dialog.getByRole('button', { name: 'Delete everything' }));
        await this.look('settings, delete everything', kDialog);
        await this.press(dialog.getByRole('button', { name: 'Keep everything' }));
      }
    }
    await this.close(dialog);
  }

  private async projects(): Promise<void> {
    const { page } = this;
    await page.keyboard.press('Control+Shift+O');
    const dialog = this.dialog('Projects');
    const first = dialog.getByRole('listitem').first();
    await expect(first).toBeVisible();
    await this.look('projects', kDialog);
    const create = dialog.getByRole('button', { name: 'New project' });
    await this.peek('new project', () => this.press(create), page.getByRole('menu'));
    const menu = first.getByRole('button', { name: / menu$/ });
    await this.peek('a project’s menu', () => this.press(menu), this.item('Delete'));
    await this.press(menu);
    const field = dialog.getByRole('textbox', { name: 'Project name' });
    await this.peek('project, renamed', () => this.press(this.item('Rename')), field);
    await this.press(create);
    await this.press(page.getByRole('menuitem', { name: /^Empty/ }));
    await expect(dialog).toBeHidden();
  }

  private async emptyRack(): Promise<void> {
    await expect(this.page.getByText('Nothing between input and output yet')).toBeVisible();
    await this.look('an empty rack');
  }
}
