// SPDX-License-Identifier: MIT
// What may wait until the first screen stands: a chunk of its own.
import { tellAudioUse } from '../media/audio-session.ts';
import { showOnSystem } from '../media/media-session.ts';
import { keepAwake } from '../media/wake-lock.ts';
import type { App } from '../model/app.ts';
import { followLaunches } from './launch.ts';
import { offerUpdate } from './offer-update.ts';

export function startIdle(app: App): void {
  if (!app.microphone.isConnected) tellAudioUse('playback');
  followLaunches(app);
  keepAwake(app);
  showOnSystem(app);
  offerUpdate(app);
  // A worker is built, not served from sources.
  if (import.meta.env.PROD) {
    void app.updates.start(new URL('service-worker.js', document.baseURI));
  }
}
