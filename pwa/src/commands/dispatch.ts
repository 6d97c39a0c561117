// SPDX-License-Identifier: MIT
// From a key press to a command.
import type { App } from '../model/app.ts';
import { chordOf } from './chord.ts';
import type { Command } from './command.ts';
import { kCommands } from './list.ts';

/** What a key means where it was pressed: text is typed, and a button is pressed by the space bar. */
function isTaken(target: Element, chord: string): boolean {
  if (target.closest('input, textarea, [contenteditable], dialog')) return true;
  return chord === 'Space' && target.closest('button') !== null;
}

export const commandOf = (chord: string): Command | undefined =>
  kCommands.find(({ keys }) => keys.includes(chord));

/** Runs what the key stands for, if it stands for anything here. */
export function dispatchKey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const chord = chordOf(event);
  if (chord === '' || isTaken(event.target as Element, chord)) return;
  const command = commandOf(chord);
  if (!command || command.isEnabled?.(app) === false) return;
  event.preventDefault();
  if (!event.repeat) command.run(app);
}
