// SPDX-License-Identifier: MIT
// The system's media keys and its lock screen: what plays, and play, pause, stop.
import type { App } from '../model/app.ts';

export function showOnSystem(app: App): void {
  const session = navigator.mediaSession as MediaSession | undefined;
  if (!session) return;
  const on = (action: MediaSessionAction, run: () => void): void => {
    try {
      session.setActionHandler(action, run);
    } catch {
      // An action that this browser does not know.
    }
  };
  // Before there is an engine the first press starts it, as the one on screen does.
  on('play', () => (app.isPlaying ? undefined : app.togglePlay()));
  on('pause', () => app.stop());
  on('stop', () => app.stop());

  let title = '';
  const follow = (): void => {
    if (!app.session.doc) return;
    session.playbackState = app.isPlaying ? 'playing' : 'paused';
    if (app.session.name === title || !('MediaMetadata' in globalThis)) return;
    title = app.session.name;
    const src = new URL('icon-512.png', document.baseURI).href;
    session.metadata = new MediaMetadata({
      title,
      artist: 'Sonic-Core',
      artwork: [{ src, sizes: '512x512', type: 'image/png' }],
    });
  };
  app.on('change', follow);
  app.session.on('project', follow);
  follow();
}
