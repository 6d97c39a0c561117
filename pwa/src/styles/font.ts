// SPDX-License-Identifier: MIT
// Instrument Sans comes when the page is idle: the first screen must not wait for it.
import latin from '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2?url';
import { whenIdle } from '../ui/idle.ts';

export function loadFont(): void {
  void whenIdle().then(() => {
    const face = new FontFace('Instrument Sans Variable', `url(${latin})`, { weight: '400 700' });
    document.fonts.add(face);
    // Without it the system's letters stay.
    face.load().catch(() => document.fonts.delete(face));
  });
}
