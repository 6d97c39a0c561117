// SPDX-License-Identifier: MIT
// What is said of takes: why one ended by itself, and what was found again.
import type { App } from './app.ts';
import { sentenceOf } from './engine-port.ts';
import type { StopReason } from './take-recorder.ts';
import { takeLength } from './takes.ts';

const kWhy: Readonly<Record<StopReason, string>> = {
  full: 'This device is out of space, so the recording stopped.',
  longest: 'The longest length of a take is reached, so the recording stopped.',
  slow: 'This device writes too slowly, so the recording stopped.',
  failed: 'The recording could not be written any further and stopped.',
};

export function followTakes(app: App): void {
  const { takes, shell } = app;
  takes.on('failed', (error) => shell.say(sentenceOf(error)));
  takes.on('stopped', ({ reason, take }) =>
    shell.warn('take', {
      tone: 'hot',
      symbol: 'record',
      sentence: kWhy[reason],
      kept: take ? `${take.name} is kept: ${takeLength(take)}.` : 'Nothing of it could be kept.',
      actions: [],
    }),
  );
  takes.on('recovered', (take) => shell.say(`${take.name}: ${takeLength(take)} of it is kept`));
}
