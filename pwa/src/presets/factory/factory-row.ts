// SPDX-License-Identifier: MIT
import type { Preset } from '../preset.ts';

export interface FactoryRow {
  readonly name: string;
  readonly tags: readonly string[];
  readonly about: string;
  /** The knobs that are not at their default. */
  readonly params: Readonly<Record<string, number>>;
}

export const forModule = (type: string, rows: readonly FactoryRow[]): readonly Preset[] =>
  rows.map(({ name, tags, about, params }) => ({
    kind: 'module',
    id: `${type}/${name.toLowerCase().replaceAll(' ', '-')}`,
    name,
    tags,
    about,
    modules: [{ type, params }],
  }));
