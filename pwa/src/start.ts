// SPDX-License-Identifier: MIT
import { App } from './model/app.ts';
import type { OpenEngine } from './model/engine-port.ts';
import { applyTheme, storedTheme } from './panels/settings/theme.ts';
import { ScApp } from './screens/app.ts';
import { loadFont } from './styles/font.ts';
import { whenIdle } from './ui/idle.ts';

/** Puts the app into the page. Nothing of the engine is touched before a press. */
export function start(openEngine: OpenEngine): App {
  const app = new App(openEngine);
  applyTheme(storedTheme(app));
  const element = new ScApp();
  element.app = app;
  document.body.replaceChildren(element);
  loadFont();
  // After the first picture: nothing of it is seen there.
  void whenIdle().then(async () => (await import('./install/idle.ts')).startIdle(app));
  return app;
}
