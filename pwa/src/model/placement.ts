// SPDX-License-Identifier: MIT
// Where a new module goes when nobody says where: pedals before the amp, rooms after it.
import type { Catalog } from './catalog.ts';
import type { Family } from './family.ts';

const kRanks: Readonly<Record<Family, number>> = {
  instrument: 0,
  dynamics: 1,
  drive: 2,
  amp: 3,
  filter: 5,
  modulation: 6,
  space: 7,
  utility: 8,
};
/** A cabinet is of the amp's family and stands behind it. */
const kCabinetRank = 4;

const rankOf = (catalog: Catalog, type: string): number =>
  type === 'cabinet' ? kCabinetRank : kRanks[catalog.family(type)];

/** Index in the chain: behind the last module that belongs before it or beside it. */
export function placeFor(catalog: Catalog, type: string, chainTypes: readonly string[]): number {
  const rank = rankOf(catalog, type);
  const last = chainTypes.findLastIndex((other) => rankOf(catalog, other) <= rank);
  return last + 1;
}
