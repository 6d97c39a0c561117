// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';

export const kCommandGroups = ['Play', 'Edit', 'Module', 'Project', 'View', 'Help'] as const;
export type CommandGroup = (typeof kCommandGroups)[number];

/** Something a person can ask for by key, from the palette, or from a button. */
export interface Command {
  /** Kept in a person's own keys: never changes. */
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  /** Chords such as "Space", "R", "Mod+Shift+Z": Mod is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[];
  /** Goes on while its key is held. */
  readonly repeats?: boolean;
  readonly isEnabled?: (app: App) => boolean;
  readonly run: (app: App) => void;
}

export const inRack = (app: App): boolean => app.screen === 'rack';
