// SPDX-License-Identifier: MIT
// "A new version is ready." Never by itself, and not while anything sounds or is recorded.
import type { App } from '../model/app.ts';
import { isInUse } from '../model/in-use.ts';

export function offerUpdate(app: App): void {
  const { updates, shell, keeper, session } = app;
  let isPutAway = false;
  const toast = {
    text: 'A new version is ready.',
    action: {
      label: 'Reload',
      run: () => {
        // The rack that is open is to be there again, even where nothing in it was changed yet.
        if (app.screen === 'rack' && session.doc) keeper.keepNow();
        void app.attempt(async () => {
          await keeper.flush();
          updates.apply();
        });
      },
    },
    onClose: () => {
      isPutAway = true;
      follow();
    },
  };
  function follow(): void {
    shell.offer('update', updates.isReady && !isPutAway && !isInUse(app) ? toast : undefined);
  }
  updates.on('change', follow);
  app.on('change', follow);
  follow();
}
