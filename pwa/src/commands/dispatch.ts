// SPDX-License-Identifier: MIT
// From a key press to a command.
import type { App } from '../model/app.ts';
import { chordOf } from './chord.ts';
import { kCommands } from './list.ts';

const kTyping = 'input:not([type="checkbox"]):not([type="radio"]), textarea, [contenteditable]';
/** What these keys press or open where the focus is. */
const kPressable = 'button, a[href], summary, [role="slider"], [role="option"], [role^="menuitem"]';

/** What a key means where it was pressed: text is typed, a button is pressed, a dialog has keys of its own. */
function isTaken(target: Element, chord: string): boolean {
  if (target.closest(kTyping) || target.closest('dialog')) return true;
  // The rack gives Enter on a module its own meaning.
  if (chord === 'Enter') return target.closest(`${kPressable}, li[data-node]`) !== null;
  if (chord === 'Space') return target.closest('button, summary') !== null;
  return /^(Arrow|Home|End|Page)/.test(chord) && target.closest('[role="slider"]') !== null;
}

/** Runs what the key stands for, if it stands for anything here. */
export function dispatchKey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  if (chord === '' || !(event.target instanceof Element) || isTaken(event.target, chord)) return;
  const command = app.keys.find(kCommands, chord);
  if (!command || command.isEnabled?.(app) === false) return;
  event.preventDefault();
  if (!event.repeat || command.repeats) command.run(app);
}
