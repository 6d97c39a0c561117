// SPDX-License-Identifier: MIT
// Every command there is, in the order of the sheet of keys.
import type { Command } from './command.ts';
import { kEditCommands } from './edit.ts';
import { kModuleCommands } from './module.ts';
import { kPlayCommands } from './play.ts';
import { kPresetCommands } from './presets.ts';
import { kProjectCommands } from './project.ts';
import { kTakeCommands } from './takes.ts';
import { kHelpCommands, kViewCommands } from './view.ts';

export const kCommands: readonly Command[] = [
  ...kPlayCommands,
  ...kTakeCommands,
  ...kPresetCommands,
  ...kEditCommands,
  ...kModuleCommands,
  ...kProjectCommands,
  ...kViewCommands,
  ...kHelpCommands,
];
