// SPDX-License-Identifier: MIT
// Everything that the command palette finds.
import { kCommands } from '../commands/list.ts';
import type { App } from '../model/app.ts';
import type { Family } from '../model/family.ts';
import { kPages } from './settings/settings-dialog.ts';
import { addModule } from './side.ts';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** What kind of thing it is; also found by. */
  readonly kind: string;
  readonly detail?: string;
  readonly keys?: readonly string[];
  readonly family?: Family;
  readonly run: () => void;
}

function commandItems(app: App): PaletteItem[] {
  return kCommands
    .filter((command) => command.id !== 'palette' && command.isEnabled?.(app) !== false)
    .map((command) => ({
      id: `command-${command.id}`,
      label: command.label,
      kind: command.group,
      keys: app.keys.keysOf(command),
      run: () => command.run(app),
    }));
}

function moduleItems(app: App): PaletteItem[] {
  const { catalog } = app.session;
  return catalog.effects.map(({ id, label, summary }) => ({
    id: `module-${id}`,
    label: `Add ${label}`,
    kind: 'Module',
    detail: summary,
    family: catalog.family(id),
    run: () => addModule(app, id, true),
  }));
}

function rigItems(app: App): PaletteItem[] {
  return app.presets.rigs.map((rig) => ({
    id: `rig-${rig.id}`,
    label: rig.name,
    kind: 'Rig',
    detail: rig.tags.join(', '),
    family: 'amp',
    run: () => void app.attempt(async () => void (await app.rigs.load(rig))),
  }));
}

function settingsItems(app: App): PaletteItem[] {
  return kPages.map(({ id, label }) => ({
    id: `settings-${id}`,
    label: `Settings: ${label}`,
    kind: 'Settings',
    run: () => app.dialogs.open('settings', id),
  }));
}

/** `about` "modules": those alone, as "Add a module" asks for. */
export function paletteItems(app: App, about: string): PaletteItem[] {
  const isRack = app.screen === 'rack' && app.session.doc !== undefined;
  if (about === 'modules') return moduleItems(app);
  return [
    ...commandItems(app),
    ...(isRack ? [...rigItems(app), ...moduleItems(app)] : []),
    ...settingsItems(app),
  ];
}
