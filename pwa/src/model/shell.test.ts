// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import type { BannerAction } from '../ui/parts.ts';
import { Shell } from './shell.ts';

const run = () => undefined;
const warn = (shell: Shell, kind: string, ...actions: BannerAction[]) =>
  shell.warn(kind, { tone: 'hot', symbol: 'warn', sentence: kind, actions });
const primaries = (shell: Shell) =>
  shell.shownBanners.flatMap(({ actions }) =>
    actions.filter(({ kind }) => kind === 'primary').map(({ label }) => label),
  );

it('has one primary action, the newest, whatever goes wrong at once', () => {
  const shell = new Shell();
  warn(shell, 'silent', { label: 'Details', run });
  expect(shell.hasPrimary).toBe(false);
  warn(shell, 'full', { label: 'Download', kind: 'primary', run });
  warn(shell, 'elsewhere', { label: 'Take over here', kind: 'primary', run });
  expect(shell.hasPrimary).toBe(true);
  expect(primaries(shell)).toEqual(['Take over here']);
  expect(shell.shownBanners, 'nothing is hidden').toHaveLength(3);
  shell.settle('elsewhere');
  expect(primaries(shell)).toEqual(['Download']);
});

it('offers to take back what is no step of the project, whatever is turned meanwhile', () => {
  const shell = new Shell();
  shell.say('Gate removed', { label: 'Undo', run });
  shell.dropActions();
  expect(shell.toasts).toEqual([]);
  shell.say('Take 1 removed', { label: 'Undo', run, outlastsEdits: true });
  shell.dropActions();
  expect(shell.toasts).toHaveLength(1);
});
