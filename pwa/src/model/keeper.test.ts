// SPDX-License-Identifier: MIT
// What is done to a project just before, and while, another one takes its place.
import { ProjectDoc } from 'sonic-core/document';
import { expect, it } from 'vitest';
import { modules, oneOverdrive, row } from '../../dev/open-session.ts';
import { Catalog } from './catalog.ts';
import type { Bytes, EnginePort, ProjectJson } from './engine-port.ts';
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

  readonly files = new Map<string, Bytes>();

  readonly assets = {
    whileWriting: <T>(work: () => Promise<T>) => work(),
    get: async (sha: string) => this.files.get(sha),
    put: async (sha: string, bytes: Bytes) => void this.files.set(sha, bytes),
    list: async () => [...this.files.keys()],
  };
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

it('writes a file that it should have had and has not, once it is at hand', async () => {
  const { shelf, session, keeper } = await keeping();
  const held = new Map<string, Bytes>();
  const engine = {
    load: async () => undefined,
    apply: () => undefined,
    asset: (sha: string) => held.get(sha),
    keepFile: (sha: string, bytes: Bytes) => held.set(sha, bytes),
  } as unknown as EnginePort;
  await session.attach(engine);
  session.setAsset('d', 'file', 'abc', { name: 'room.wav', kind: 'audio/ir' });
  await keeper.flush();
  expect(shelf.files.size, 'nobody has it').toBe(0);

  // Dropped again on another visit: the same file has the same name.
  const stored = shelf.kept.get('one');
  await keeper.open(oneOverdrive(), 'two');
  expect(stored && (await keeper.restore(stored))).toBe(true);
  held.set('abc', Uint8Array.from([1]));
  session.setAsset('d', 'file', 'abc', { name: 'room.wav', kind: 'audio/ir' });
  await keeper.saveNow();
  expect(shelf.files.get('abc')).toEqual(Uint8Array.from([1]));
});

it('writes a project under its own name and with its own files, though another is open by then', async () => {
  const { shelf, session, keeper } = await keeping();
  session.rename('First');
  shelf.isSlow = true;
  const saved = keeper.flush();
  await expect.poll(() => shelf.go).toBeDefined();
  // Past the keeper: as if the write had been overtaken.
  const other = oneOverdrive();
  other.change((doc) => doc.setRootKey('name', 'Other'), 'Rename');
  await session.open(other, 'two');
  shelf.isSlow = false;
  shelf.go?.();
  await saved;
  expect(shelf.kept.get('one')?.name).toBe('First');
});

it('writes what was done here before another tab took the project, beside what that one did', async () => {
  const { shelf, session, keeper } = await keeping();
  const there = shelf.kept.get('one');
  if (!there) throw new Error('not kept');
  const other = ProjectDoc.fromUpdate(there.update);
  session.rename('Here');
  // Taken, not handed over: as from a tab that was frozen.
  keeper.lock.state = 'elsewhere';
  session.isReadOnly = true;
  other.change((doc) => doc.setParam('d', 'drive', 9), 'Drive');
  shelf.kept.set('one', { ...there, update: other.toUpdate(), revision: 2 });
  await keeper.flush();
  expect(shelf.json('one')).toMatchObject({ name: 'Here', nodes: { d: { params: { drive: 9 } } } });

  const { revision } = shelf.kept.get('one') ?? {};
  await keeper.saveNow();
  expect(shelf.kept.get('one')?.revision, 'it only looks on from now on').toBe(revision);
});
