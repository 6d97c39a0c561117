// SPDX-License-Identifier: MIT
// Which keys stand for which command: what the app brings, and what a person has changed. Kept on this device.
import { Emitter } from './emitter.ts';

/** What of a command concerns its keys. */
export interface Keyed {
  readonly id: string;
  readonly keys: readonly string[];
}
/** Where they are kept. */
export const kKeysKey = 'sonic-core.keys';
type Own = Record<string, readonly string[]>;

function read(text: string | null | undefined): Own {
  try {
    const own: unknown = JSON.parse(text ?? '{}');
    if (typeof own !== 'object' || own === null) return {};
    return Object.fromEntries(
      Object.entries(own).filter(
        (entry): entry is [string, string[]] =>
          Array.isArray(entry[1]) && entry[1].every((key) => typeof key === 'string'),
      ),
    );
  } catch {
    // Not ours, or of a version that wrote something else: the keys are those that the app brings.
    return {};
  }
}

export class KeyMap extends Emitter<{ change: undefined }> {
  private own: Own;

  constructor(private readonly store: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    super();
    this.own = read(store?.getItem(kKeysKey));
  }

  keysOf({ id, keys }: Keyed): readonly string[] {
    return this.own[id] ?? keys;
  }
  isOwn(id: string): boolean {
    return this.own[id] !== undefined;
  }
  get hasOwn(): boolean {
    return Object.keys(this.own).length > 0;
  }

  find<C extends Keyed>(commands: readonly C[], chord: string): C | undefined {
    return commands.find((command) => this.keysOf(command).includes(chord));
  }

  /** This key and no other. What had it loses it, and gets `inExchange` instead. */
  assign(commands: readonly Keyed[], id: string, chord: string): void {
    const target = commands.find((command) => command.id === id);
    if (!target) return;
    const [inExchange] = this.keysOf(target).filter((key) => key !== chord);
    const own: Own = { ...this.own };
    for (const command of commands) {
      const keys = this.keysOf(command);
      if (command.id === id || !keys.includes(chord)) continue;
      const rest = keys.filter((key) => key !== chord);
      own[command.id] = rest.length || inExchange === undefined ? rest : [inExchange];
    }
    own[id] = [chord];
    this.keep(own);
  }

  /** Back to what the app brings; commands that took one of these keys meanwhile go back too. */
  reset(commands: readonly Keyed[], id: string): void {
    const own: Own = { ...this.own };
    const back = [id];
    for (const one of back) {
      delete own[one];
      const keys = commands.find((command) => command.id === one)?.keys ?? [];
      back.push(
        ...Object.keys(own).filter((other) => own[other]?.some((key) => keys.includes(key))),
      );
    }
    this.keep(own);
  }
  resetAll(): void {
    this.keep({});
  }

  /** Those of a backup, where none were changed here. Whether there was something to take. */
  adopt(text: string): boolean {
    const own = read(text);
    if (this.hasOwn || !Object.keys(own).length) return false;
    this.keep(own);
    return true;
  }

  private keep(own: Own): void {
    this.own = own;
    this.store?.setItem(kKeysKey, JSON.stringify(own));
    this.emit('change', undefined);
  }
}
