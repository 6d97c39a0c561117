// SPDX-License-Identifier: MIT
import { App } from './model/app.ts';
import type { ModuleMeta, OpenEngine } from './model/engine-port.ts';
import { warnInsecure } from './model/failures.ts';
import { applyTheme, storedTheme } from './panels/settings/theme.ts';
import { ScApp } from './screens/app.ts';
import { loadFont } from './styles/font.ts';
import { keepFocus } from './ui/focus-keeper.ts';
import { whenIdle } from './ui/idle.ts';

/** A store that does not answer must not cost the first picture. */
const kPatienceMs = 1500;
/** Shortcuts that bring a project of their own. */
const isOwnStart = () => new URLSearchParams(location.search).get('start') === 'demo';

/** Straight into the last project, where there is one; nothing of the engine is touched. */
async function arrive(app: App): Promise<void> {
  if (!app.keeper.hasLast || isOwnStart()) return;
  const open = async () => {
    const last = await app.keeper.last();
    if (last && !app.session.doc && (await app.openStored(last))) app.enterRack();
  };
  const patience = new Promise<void>((resolve) => setTimeout(resolve, kPatienceMs));
  await Promise.race([app.attempt(open), patience]);
}

/** Puts the app into the page. Nothing of the engine is touched before a press. */
export function start(openEngine: OpenEngine, modules: readonly ModuleMeta[]): App {
  const app = new App(openEngine, modules);
  applyTheme(storedTheme(app));
  app.keeper.on('opened', () => {
    // Nobody waits for it, and it may fail: what is left over is found the next time.
    void whenIdle()
      .then(async () => (await import('./model/tidy-up.ts')).tidyUp(app))
      .catch(() => undefined);
  });
  const element = new ScApp();
  element.app = app;
  void arrive(app).then(() => {
    document.body.replaceChildren(element);
    warnInsecure(app);
    loadFont();
    keepFocus(element);
    // After the first picture: nothing of it is seen there.
    void whenIdle().then(async () => (await import('./install/idle.ts')).startIdle(app));
  });
  return app;
}
