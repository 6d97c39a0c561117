// SPDX-License-Identifier: MIT
// Takes of a backup, beside those that are here.
import { newId } from 'sonic-core/document';
import { isFull } from '../storage/file-store.ts';
import type { ZipReader } from '../zip/zip-reader.ts';
import type { How } from './landing.ts';
import type { BackedUpTake } from './manifest.ts';
import type { TakeSource } from './take-source.ts';

/** Where a project of the backup is now; undefined when it could not be read. */
export type HomeOf = (projectId: string) => { readonly id: string; readonly how: How } | undefined;

export async function landTakes(
  zip: ZipReader,
  backedUp: readonly BackedUpTake[],
  takes: TakeSource,
  homeOf: HomeOf,
): Promise<{ count: number; failed: string[] }> {
  const failed: string[] = [];
  let count = 0;
  for (const take of backedUp) {
    const home = homeOf(take.projectId);
    if (!home) continue;
    // A copied project gets copies of its takes. One that was there before has them.
    const isCopy = home.id !== take.projectId;
    if (isCopy ? home.how === 'same' : await isHere(takes, home.id, take.id)) continue;
    const id = isCopy ? newId() : take.id;
    try {
      await write(zip, takes, take, id);
      await takes.put({ ...take.record, id, projectId: home.id });
      count += 1;
    } catch (error) {
      // Half a take is none.
      await takes.erase(id).catch(() => undefined);
      if (isFull(error)) throw error;
      failed.push(nameOf(take));
    }
  }
  return { count, failed };
}

const isHere = async (takes: TakeSource, projectId: string, id: string): Promise<boolean> =>
  (await takes.records(projectId)).some((take) => take.id === id);

async function write(
  zip: ZipReader,
  takes: TakeSource,
  { id, files }: BackedUpTake,
  newTakeId: string,
): Promise<void> {
  for (const file of files) {
    const bytes = await zip.bytes(`takes/${id}/${file}`);
    if (!bytes) throw new Error(`${file} is missing`);
    await takes.write(newTakeId, file, bytes);
  }
}

function nameOf({ record: { name } }: BackedUpTake): string {
  return typeof name === 'string' ? name : 'A take';
}
