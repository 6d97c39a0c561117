// SPDX-License-Identifier: MIT
// What `npm run pictures` takes: one entry per walk through the app; each `take` is a picture and its line in the gallery.
import { kDeviceStories } from './stories/device.ts';
import { kFailureStories } from './stories/failures.ts';
import { kKeyStories } from './stories/keys.ts';
import { kMidiStories } from './stories/midi.ts';
import { kModuleStories } from './stories/modules.ts';
import { kPlugInStories } from './stories/plug-in.ts';
import { kPresetStories } from './stories/presets.ts';
import { kProjectStories } from './stories/projects.ts';
import { kRackStories } from './stories/rack.ts';
import { kRoundTripStories } from './stories/round-trip.ts';
import { kTakeStories } from './stories/takes.ts';
import type { Story } from './story.ts';

export const kStories: readonly Story[] = [
  ...kRackStories,
  ...kModuleStories,
  ...kPlugInStories,
  ...kPresetStories,
  ...kProjectStories,
  ...kTakeStories,
  ...kKeyStories,
  ...kMidiStories,
  ...kRoundTripStories,
  ...kDeviceStories,
  ...kFailureStories,
];
