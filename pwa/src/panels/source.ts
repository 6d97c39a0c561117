// SPDX-License-Identifier: MIT
// What plays into the rig: the demo's riff or the guitar.
import type { TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { segments } from '../ui/parts.ts';

export function sourceSwitch(app: App): TemplateResult {
  const isGuitar = app.microphone.isConnected && !(app.isPlaying && app.hasRiff);
  return segments(
    'What plays',
    [
      { value: 'demo', label: 'Demo', symbol: 'play' },
      { value: 'guitar', label: 'Guitar', symbol: 'plug' },
    ] as const,
    isGuitar ? 'guitar' : 'demo',
    (value) => {
      if (value === 'demo') app.demo.send({ type: 'press' });
      else {
        if (app.isPlaying) app.stop();
        if (!app.microphone.isConnected) app.microphone.flow.send({ type: 'start' });
      }
    },
  );
}
