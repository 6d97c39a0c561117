// SPDX-License-Identifier: MIT
import { html, type TemplateResult } from 'lit';
import { keyNames, kIsMac } from '../commands/chord.ts';

/** Chords as the caps of their keys; several are said to be alternatives. */
export const keyCaps = (chords: readonly string[]): TemplateResult =>
  html`<span class="key-caps"
    >${chords.map(
      (chord, i) =>
        html`${i ? html`<span class="or">or</span>` : ''}<span class="chord"
            >${keyNames(chord, kIsMac).map((name) => html`<kbd class="kbd">${name}</kbd>`)}</span
          >`,
    )}</span
  >`;
