// SPDX-License-Identifier: MIT
// What is done to a project just before, and while, another one takes its place.
import { ProjectDoc } from 'sonic-core/document';
import { expect, it } from 'vitest';
import { modules, oneOverdrive, row } from '../../dev/open-session.ts';
import { Catalog } from './catalog.ts';
import type { ProjectJson } from './engine-port.ts';
import { Keeper } from './keeper.ts';
import type { Library, StoredProject } from './library.ts';
import { Session } from './session.ts';
import { Shell } from './shell.ts';

const drive = row('drive');

class Shelf {
  readonly kept = new Map<string, StoredProject>();
  /** Held up until it is called. */
  go: (() => void) | undefined;
  isSlow = false;
  isFull = false;

  readonly assets = { whileWriting: <T>(work: () => Promise<T>) => work() };
  projects = async () => [...this.kept.values()];
  project = async (id: string) => this.kept.get(id);
  changeProject = async (
    id: string,
    edit: (stored: StoredProject | undefined) => StoredProject | undefined,
  ) => {
    if (this.isSlow) await new Promise<void>((resolve) => (this.go = resolve));
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    const made = edit(this.kept.get(id));
    if (made) this.kept.set(id, made);
    return made;
  };
  json(id: string): ProjectJson | undefined {
    const stored = this.kept.get(id);
    return stored && ProjectDoc.fromUpdate(stored.update).toJson();
  }
}

async function keeping() {
  const shelf = new Shelf();
  const session = new Session(new Catalog(modules));
  const keeper = new Keeper(session, shelf as unknown as Library, new Shell(), undefined);
  await keeper.open(oneOverdrive(), 'one');
  await keeper.saveNow();
  return { shelf, session, keeper };
}

it('keeps what is being turned when another project is opened, or none', async () => {
  const { shelf, session, keeper } = await keeping();
  session.turn('d', 'drive', 7);
  await keeper.open(oneOverdrive(), 'two');
  expect(shelf.json('one')?.nodes['d']?.params).toEqual({ drive: 7 });
  expect(session.value('d', drive)).toBe(5);
  session.turn('d', 'drive', 3);
  await keeper.close();
  expect(shelf.json('two')?.nodes['d']?.params).toEqual({ drive: 3 });
});

it('keeps what is being turned when it is asked to save', async () => {
  const { shelf, session, keeper } = await keeping();
  session.turn('d', 'drive', 7);
  await keeper.flush();
  expect(shelf.json('one')?.nodes['d']?.params).toEqual({ drive: 7 });
});

it('takes no edit in that could not be kept any more', async () => {
  const { shelf, session, keeper } = await keeping();
  shelf.isSlow = true;
  session.rename('First');
  const opened = keeper.open(oneOverdrive(), 'two');
  await expect.poll(() => shelf.go).toBeDefined();
  session.rename('Too late');
  expect(session.name).toBe('First');
  shelf.isSlow = false;
  shelf.go?.();
  await opened;
  expect(shelf.json('one')?.['name']).toBe('First');
  session.rename('Second');
  expect(session.name).toBe('Second');
});

it('opens one project after the other, however fast they are asked for', async () => {
  const { shelf, session, keeper } = await keeping();
  shelf.isSlow = true;
  session.rename('First');
  const opened = [keeper.open(oneOverdrive(), 'two'), keeper.open(oneOverdrive(), 'three')];
  await expect.poll(() => shelf.go).toBeDefined();
  shelf.isSlow = false;
  shelf.go?.();
  await Promise.all(opened);
  expect(session.id).toBe('three');
  session.rename('Third');
  await keeper.flush();
  expect(shelf.json('three')?.['name']).toBe('Third');
  expect(shelf.json('one')?.['name']).toBe('First');
});

it('reads an open project only when all that was done to it is written', async () => {
  const { shelf, session, keeper } = await keeping();
  session.turn('d', 'drive', 7);
  const stored = shelf.kept.get('one');
  expect(stored && (await keeper.restore(stored))).toBe(true);
  expect(session.value('d', drive)).toBe(7);
});
