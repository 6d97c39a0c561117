// SPDX-License-Identifier: MIT
// Dark, light, or as the system is.
import type { App } from '../../model/app.ts';

export type Theme = 'system' | 'dark' | 'light';
const kKey = 'sonic-core.theme';

export function storedTheme(app: App): Theme {
  const theme = app.store?.getItem(kKey);
  return theme === 'dark' || theme === 'light' ? theme : 'system';
}
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
export function keepTheme(app: App, theme: Theme): void {
  app.store?.setItem(kKey, theme);
  applyTheme(theme);
}
