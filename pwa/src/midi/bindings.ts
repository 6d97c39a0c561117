// SPDX-License-Identifier: MIT
// Which control moves what. Knobs belong to the project, under its key `midi`: undo and files have them. Commands such as
// the tuner belong to this device.
import { kMidiKey } from '../model/midi-door.ts';
import type { Session } from '../model/session.ts';
import { paramOf } from '../model/catalog.ts';
import { type Control, isSameControl, readControl } from './control.ts';

/** Stands for a module's bypass where a parameter's id is asked for. */
export const kBypass = '@bypass';

export interface KnobTarget {
  readonly nodeId: string;
  readonly paramId: string;
}
export interface CommandTarget {
  readonly command: string;
}
export type Target = KnobTarget | CommandTarget;

export interface Binding {
  readonly target: Target;
  readonly control: Control;
}
export const isKnob = (target: Target): target is KnobTarget => 'nodeId' in target;
export const isSameTarget = (a: Target, b: Target): boolean =>
  isKnob(a)
    ? isKnob(b) && a.nodeId === b.nodeId && a.paramId === b.paramId
    : !isKnob(b) && a.command === b.command;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const list = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

/** The knobs' bindings in a project's `midi`; what is none is left out. */
export function readKnobs(midi: unknown): Binding[] {
  const { bindings } = (midi ?? {}) as { bindings?: unknown };
  return list(bindings).flatMap((one) => {
    const { node, param } = one;
    const control = readControl({ ...one, kind: one['control'] });
    if (typeof node !== 'string' || typeof param !== 'string' || !control) return [];
    return [{ target: { nodeId: node, paramId: param }, control }];
  });
}
export function writeKnobs(bindings: readonly Binding[]): unknown {
  if (!bindings.length) return undefined;
  return {
    bindings: bindings.flatMap(({ target, control: { kind, channel, number } }) =>
      isKnob(target)
        ? [{ node: target.nodeId, param: target.paramId, control: kind, channel, number }]
        : [],
    ),
  };
}

/** What the store says; nothing where it says something that is not ours. */
function readDevice(text: string | null | undefined): { commands: Binding[]; isSoft: boolean } {
  let kept: Record<string, unknown> = {};
  try {
    kept = (JSON.parse(text ?? '{}') ?? {}) as Record<string, unknown>;
  } catch {
    // Not ours: nothing is bound.
  }
  const commands = list(kept['commands']).flatMap((one) => {
    const control = readControl(one['control']);
    const { command } = one;
    return typeof command === 'string' && control ? [{ target: { command }, control }] : [];
  });
  return { commands, isSoft: kept['soft'] === true };
}

export class Bindings {
  private commands: Binding[];
  isSoft: boolean;

  constructor(
    private readonly session: Session,
    private readonly store: Store | undefined,
  ) {
    const { commands, isSoft } = readDevice(store?.getItem(kMidiKey));
    this.commands = commands;
    this.isSoft = isSoft;
  }

  /** Those of a backup, where the device has none. Whether there was something to take. */
  adopt(text: string): boolean {
    const { commands, isSoft } = readDevice(text);
    if (this.commands.length || !commands.length) return false;
    this.commands = commands;
    this.isSoft = isSoft;
    this.keep();
    return true;
  }
  private keep(): void {
    const commands = this.commands.map(({ target, control }) => ({ ...target, control }));
    this.store?.setItem(kMidiKey, JSON.stringify({ soft: this.isSoft, commands }));
  }

  /** Of the open project; a module that is gone may come back by undo, and is bound again then. */
  get knobs(): readonly Binding[] {
    return readKnobs(this.session.json?.['midi']);
  }
  get all(): readonly Binding[] {
    const alive = this.knobs.filter(({ target }) => this.exists(target));
    return [...alive, ...this.commands];
  }
  get ofDevice(): readonly Binding[] {
    return this.commands;
  }
  private exists(target: Target): boolean {
    if (!isKnob(target)) return true;
    if (!this.session.node(target.nodeId)) return false;
    const meta = this.session.meta(target.nodeId);
    return target.paramId === kBypass || paramOf(meta, target.paramId) !== undefined;
  }

  of(target: Target): Control | undefined {
    return this.all.find((binding) => isSameTarget(binding.target, target))?.control;
  }
  /** What else this control moves. */
  othersOf(control: Control, target: Target): Target[] {
    return this.all
      .filter((one) => isSameControl(one.control, control) && !isSameTarget(one.target, target))
      .map((one) => one.target);
  }

  /** From now on the control moves this target, and with `alone` nothing else. */
  bind(target: Target, control: Control, alone: boolean): void {
    const stays = (one: Binding) =>
      !isSameTarget(one.target, target) && !(alone && isSameControl(one.control, control));
    const add = (matches: boolean) => (matches ? [{ target, control }] : []);
    const knobs = [...this.knobs.filter(stays), ...add(isKnob(target))];
    this.commands = [...this.commands.filter(stays), ...add(!isKnob(target))];
    this.keep();
    this.keepKnobs(knobs, `MIDI learn ${this.nameOf(target)}`);
  }
  forget(target: Target): void {
    const stays = (one: Binding) => !isSameTarget(one.target, target);
    this.commands = this.commands.filter(stays);
    this.keep();
    this.keepKnobs(this.knobs.filter(stays), `Forget MIDI of ${this.nameOf(target)}`);
  }
  private keepKnobs(knobs: readonly Binding[], label: string): void {
    const value = writeKnobs(knobs);
    if (JSON.stringify(value) === JSON.stringify(this.session.json?.['midi'])) return;
    this.session.change(label, (doc) => doc.setRootKey('midi', value));
  }

  setSoft(isSoft: boolean): void {
    this.isSoft = isSoft;
    this.keep();
  }

  nameOf(target: Target): string {
    if (!isKnob(target)) return target.command;
    const { nodeId, paramId } = target;
    const param = paramOf(this.session.meta(nodeId), paramId)?.label;
    const name = paramId === kBypass ? 'Bypass' : (param ?? paramId);
    return `${name} of ${this.session.labelOf(nodeId)}`;
  }
}
