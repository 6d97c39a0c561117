// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import { type Command, inRack } from './command.ts';

const isShown = (element: HTMLElement) => element.getClientRects().length > 0;

/** The search that is in view; where there is none, the palette finds the same things. */
function search(app: App): void {
  const fields = document.querySelectorAll<HTMLInputElement>('input[type="search"]');
  const field = [...fields].find(isShown);
  if (field) field.focus();
  else app.dialogs.open('palette');
}

const tunerButton = () => document.querySelector<HTMLElement>('sc-top-bar .tuner-button');

export const kViewCommands: readonly Command[] = [
  {
    id: 'palette',
    label: 'Find anything',
    group: 'View',
    keys: ['Mod+K'],
    run: (app) => app.dialogs.open('palette'),
  },
  {
    id: 'search',
    label: 'Search',
    group: 'View',
    keys: ['/'],
    isEnabled: inRack,
    run: search,
  },
  {
    id: 'tuner',
    label: 'Tuner',
    group: 'View',
    keys: ['T'],
    isEnabled: (app) => inRack(app) && app.tuner.isThere,
    run: () => tunerButton()?.click(),
  },
  {
    id: 'settings',
    label: 'Settings',
    group: 'View',
    keys: ['Mod+,'],
    run: (app) => app.dialogs.open('settings'),
  },
];

export const kHelpCommands: readonly Command[] = [
  {
    id: 'keys',
    label: 'All keys',
    group: 'Help',
    keys: ['?'],
    run: (app) => app.dialogs.open('keys'),
  },
];
