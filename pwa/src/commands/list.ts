// SPDX-License-Identifier: MIT
// Every command there is, in the order of the sheet of keys.
import type { Command } from './command.ts';
import { kEditCommands } from './edit.ts';
import { kPlayCommands } from './play.ts';
import { kViewCommands } from './view.ts';

export const kCommands: readonly Command[] = [...kPlayCommands, ...kEditCommands, ...kViewCommands];
