// SPDX-License-Identifier: MIT
// What is said when another tab has the project.
import type { App } from './app.ts';

const kBanner = 'elsewhere';

export function followTabs(app: App): void {
  const { keeper, session, shell } = app;
  const warn = (sentence: string, kept: string) =>
    shell.warn(kBanner, {
      tone: 'hot',
      symbol: 'warn',
      sentence,
      kept,
      actions: [
        {
          label: 'Take over here',
          kind: 'primary',
          run: () => void app.attempt(() => keeper.lock.takeOver()),
        },
      ],
    });
  const warnOpen = () =>
    warn(
      'This project is open in another tab.',
      'You can look and listen here. Changes are made in one tab at a time.',
    );

  session.on('locked', warnOpen);
  keeper.on('moved', (where) => {
    if (where === 'away') {
      warn(
        'This project went on in another tab.',
        'Everything you did here is saved. Changes are made in one tab at a time.',
      );
      return;
    }
    shell.settle(kBanner);
    app.announcer.say('You can change this project here');
  });
  keeper.on('opened', () => {
    if (session.isReadOnly) warnOpen();
    else shell.settle(kBanner);
  });
}
