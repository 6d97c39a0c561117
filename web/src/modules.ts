// SPDX-License-Identifier: MIT
// The module table as checked types: a misspelt module or parameter does not compile.
import { modules as kModules } from './generated/modules.ts';
import type { ModuleMeta } from './types.ts';

type Table = typeof kModules;
export type ModuleId = Table[number]['id'];
export type ParamId<T extends ModuleId> = Extract<
  Table[number],
  { id: T }
>['params'][number]['id'] &
  string;
export type ParamValues<T extends ModuleId> = { readonly [P in ParamId<T>]?: number };

/** Every module, in the order of the palette. */
export const modules: readonly ModuleMeta[] = kModules;

export function moduleMeta(type: string): ModuleMeta | undefined {
  return modules.find((module) => module.id === type);
}
