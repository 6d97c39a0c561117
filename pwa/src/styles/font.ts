// SPDX-License-Identifier: MIT
// Instrument Sans comes when the page is idle: the first screen must not wait for it.
import latin from '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2?url';

export function loadFont(): void {
  const load = () => {
    const face = new FontFace('Instrument Sans Variable', `url(${latin})`, { weight: '400 700' });
    document.fonts.add(face);
    // Without it the system's letters stay.
    face.load().catch(() => document.fonts.delete(face));
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: 2000 });
  else setTimeout(load, 300);
}
