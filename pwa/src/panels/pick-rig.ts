// SPDX-License-Identifier: MIT
import type { App } from '../model/app.ts';
import type { Rig } from '../rigs/rig.ts';

/** Puts a rig in the place of the open one's modules; one undo brings them back. */
export function pickRig(app: App, rig: Rig): boolean {
  if (app.session.rigId === rig.id) return false;
  app.session.applyRig(rig);
  app.shell.say(`${rig.name} loaded`, { label: 'Undo', run: () => app.session.undo() });
  return true;
}
