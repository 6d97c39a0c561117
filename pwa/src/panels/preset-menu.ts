// SPDX-License-Identifier: MIT
// What can be done with a preset, and with the rig that plays: menus of the list's rows and of the rig's name.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { Preset } from '../presets/preset.ts';
import type { IconName } from '../ui/icons.ts';
import { menuItem } from '../ui/parts.ts';
import { openPopover } from '../ui/popover.ts';

type Item = (symbol: IconName, text: string, run: () => void) => TemplateResult;

const itemsOf =
  (close: () => void): Item =>
  (...item) =>
    menuItem(close, ...item);

/** Files out and in are a chunk of their own. */
const transfer = (app: App, use: (part: typeof import('./preset-transfer.ts')) => Promise<void>) =>
  void app.attempt(async () => use(await import('./preset-transfer.ts')));

export const pickPresets = (app: App): void => transfer(app, (part) => part.pickPresets(app));
export const exportPresets = (app: App, presets: readonly Preset[], name: string): void =>
  transfer(app, (part) => part.exportPresets(app, presets, name));

export function openPresetMenu(app: App, preset: Preset, anchor: HTMLElement): void {
  const { presets, rigs } = app;
  const isOwn = presets.isOwn(preset.id);
  const isEdited = preset.id === app.session.rigId && rigs.isEdited;
  openPopover(anchor, {
    role: 'menu',
    label: `${preset.name} menu`,
    render: (close) => {
      const item = itemsOf(close);
      return html`${item('download', 'Export', () => exportPresets(app, [preset], preset.name))}
      ${
        isOwn
          ? html`${isEdited ? item('check', 'Save the changes', () => void saveOver(app, preset)) : nothing}
              ${item('pen', 'Name and tags', () => app.dialogs.open('preset', `edit:${preset.id}`))}
              <hr />
              ${item('trash', 'Delete', () => presets.remove(preset))}`
          : nothing
      }`;
    },
  });
}

/** The rig as it is now takes the place of what its preset was. */
export async function saveOver(app: App, preset: Preset): Promise<void> {
  const { saveRig } = await import('./preset-transfer.ts');
  await app.attempt(() => saveRig(app, preset));
  app.shell.say(`${preset.name} saved`);
}

/** The menu of the rig that plays. */
export function rigMenu(app: App, close: () => void): TemplateResult {
  const { presets, rigs } = app;
  const { current, isEdited, side } = rigs;
  const item = itemsOf(close);
  const other = side === 'A' ? 'B' : 'A';
  const own = presets.own;
  return html`${
      isEdited && current && presets.isOwn(current.id)
        ? item('check', `Save ${current.name}`, () => void saveOver(app, current))
        : nothing
    }
    ${item('star', 'Save as a preset', () => app.dialogs.open('preset', 'save'))}
    ${
      isEdited && current
        ? item('undo', `Back to ${current.name}`, () => void app.attempt(() => rigs.revert()))
        : nothing
    }
    <hr />
    ${item('copy', `Copy ${side} to ${other}`, () => rigs.copySide())}
    <hr />
    ${item('folder', 'Import presets', () => pickPresets(app))}
    ${
      own.length
        ? item(
            'download',
            `Export ${own.length === 1 ? 'your preset' : `all ${own.length} of yours`}`,
            () => exportPresets(app, own, 'Presets'),
          )
        : nothing
    }`;
}
