// SPDX-License-Identifier: MIT
// Whether somebody is making or listening to sound: then nothing may interrupt, and the screen stays on.
import type { App } from './app.ts';

export const isInUse = (app: App): boolean =>
  app.isPlaying ||
  app.microphone.monitoring ||
  app.takes.recordingSince !== undefined ||
  app.takes.playingId !== undefined;
