// SPDX-License-Identifier: MIT
// What is done to the module that has the focus.
import type { App } from '../model/app.ts';
import { drawnCard, focusedNode, focusModule } from '../panels/module-focus.ts';
import { type Command, inRack } from './command.ts';

/** With a module that has the focus, and its place in the chain. */
function withModule(app: App, use: (nodeId: string, place: number) => void): void {
  const nodeId = focusedNode(app);
  const place = nodeId === undefined ? -1 : app.session.chain.nodes.indexOf(nodeId);
  if (nodeId !== undefined && place >= 0) use(nodeId, place);
}
const hasModule = (app: App) => inRack(app) && focusedNode(app) !== undefined;

function move(app: App, by: number): void {
  withModule(app, (nodeId, place) => {
    app.session.move(nodeId, place + by);
  });
}

/** The arrows go from module to module while a module itself has the focus, or nothing has. */
const isBetween = (app: App) => {
  const active = document.activeElement;
  const isFree = active === null || active === document.body || active.matches('.card');
  return inRack(app) && isFree && app.session.chain.nodes.length > 0;
};
function go(app: App, by: number): void {
  const { nodes } = app.session.chain;
  const nodeId = focusedNode(app);
  const to = nodeId === undefined ? 0 : nodes.indexOf(nodeId) + by;
  const next = nodes[Math.min(nodes.length - 1, Math.max(0, to))];
  if (next !== undefined) focusModule(next);
}

export const kModuleCommands: readonly Command[] = [
  {
    id: 'add-module',
    label: 'Add a module',
    group: 'Module',
    keys: ['A'],
    isEnabled: inRack,
    run: (app) => app.dialogs.open('palette', 'modules'),
  },
  {
    id: 'next-module',
    label: 'Go to the next module',
    group: 'Module',
    keys: ['ArrowRight', 'ArrowDown'],
    repeats: true,
    isEnabled: isBetween,
    run: (app) => go(app, 1),
  },
  {
    id: 'previous-module',
    label: 'Go to the module before',
    group: 'Module',
    keys: ['ArrowLeft', 'ArrowUp'],
    repeats: true,
    isEnabled: isBetween,
    run: (app) => go(app, -1),
  },
  {
    id: 'bypass',
    label: 'Bypass the module, or switch it on',
    group: 'Module',
    keys: ['B'],
    isEnabled: hasModule,
    run: (app) =>
      withModule(app, (nodeId) =>
        app.session.setBypass(nodeId, app.session.node(nodeId)?.bypass !== true),
      ),
  },
  {
    id: 'move-later',
    label: 'Move the module one place on',
    group: 'Module',
    keys: ['Alt+ArrowRight', 'Alt+ArrowDown'],
    repeats: true,
    isEnabled: hasModule,
    run: (app) => move(app, 1),
  },
  {
    id: 'move-earlier',
    label: 'Move the module one place back',
    group: 'Module',
    keys: ['Alt+ArrowLeft', 'Alt+ArrowUp'],
    repeats: true,
    isEnabled: hasModule,
    run: (app) => move(app, -1),
  },
  {
    id: 'duplicate-module',
    label: 'Duplicate the module',
    group: 'Module',
    keys: ['Mod+D'],
    isEnabled: hasModule,
    run: (app) =>
      withModule(app, (nodeId) => {
        const copy = app.session.duplicate(nodeId);
        void drawnCard(copy).then((card) => card?.focus());
      }),
  },
  {
    id: 'remove-module',
    label: 'Remove the module',
    group: 'Module',
    keys: ['Del', 'Backspace'],
    isEnabled: hasModule,
    run: (app) => withModule(app, (nodeId) => app.session.remove(nodeId)),
  },
];
