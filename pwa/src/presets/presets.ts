// SPDX-License-Identifier: MIT
// The presets of this device: ours and the player's, favourites, and what of them is looked for.
import { newId } from 'sonic-core/document';
import { Emitter } from '../model/emitter.ts';
import type { Bytes } from '../model/engine-port.ts';
import type { Shell } from '../model/shell.ts';
import { kRigs } from '../rigs/index.ts';
import { type Preset, nameApart } from './preset.ts';
import { PresetStore } from './preset-store.ts';

export interface PresetFilter {
  readonly search: string;
  /** Any of them; none chosen: all. */
  readonly tags: ReadonlySet<string>;
  readonly isFavourites: boolean;
}
const kNoFilter: PresetFilter = { search: '', tags: new Set(), isFavourites: false };
const kChannel = 'sonic-core-presets';

type Store = Pick<PresetStore, 'all' | 'put' | 'delete' | 'mark' | 'file' | 'sweep'>;

export class Presets extends Emitter<{ change: undefined }> {
  own: readonly Preset[] = [];
  filter = kNoFilter;
  private favourites: ReadonlySet<string> = new Set();
  /** Files of presets that are not in the store: no store, or it is full. */
  private readonly files = new Map<string, Bytes>();
  private opened: Promise<void> | undefined;
  private channel: BroadcastChannel | undefined;

  constructor(
    private readonly shell: Shell,
    private readonly store: Store = new PresetStore(),
  ) {
    super();
  }

  /** Reads what is kept, once. Without a store there is nothing, and nothing is missing. */
  open(): Promise<void> {
    this.opened ??= this.read().then(async () => {
      if (globalThis.BroadcastChannel) {
        this.channel = new BroadcastChannel(kChannel);
        this.channel.onmessage = () => void this.read();
      }
      await this.store.sweep().catch(() => undefined);
    });
    return this.opened;
  }

  private async read(): Promise<void> {
    try {
      const { presets, favourites } = await this.store.all();
      this.own = presets;
      this.favourites = new Set(favourites);
      this.emit('change', undefined);
    } catch {
      // Private windows of some browsers have no store.
    }
  }

  // What there is

  get ownRigs(): readonly Preset[] {
    return this.own.filter(({ kind }) => kind === 'rig');
  }
  /** Ours and the player's. */
  get rigs(): readonly Preset[] {
    return [...kRigs, ...this.ownRigs];
  }
  rig(id: string): Preset | undefined {
    return this.rigs.find((rig) => rig.id === id);
  }
  get(id: string): Preset | undefined {
    return this.own.find((preset) => preset.id === id) ?? this.rig(id);
  }
  isOwn(id: string): boolean {
    return this.own.some((preset) => preset.id === id);
  }
  ownOf(type: string): readonly Preset[] {
    return this.own.filter(({ kind, modules }) => kind === 'module' && modules[0]?.type === type);
  }
  /** Every tag of a rig, ours first, each once. */
  get tags(): readonly string[] {
    const all = this.rigs.flatMap(({ tags }) => tags);
    return [...new Set(all)];
  }

  /** What a rig is first of all: few enough to choose from at a glance. */
  get styles(): readonly string[] {
    const first = this.rigs.flatMap(({ tags }) => tags.slice(0, 1));
    return [...new Set(first)];
  }

  // What is looked for

  look(filter: Partial<PresetFilter>): void {
    this.filter = { ...this.filter, ...filter };
    this.emit('change', undefined);
  }
  toggleTag(tag: string): void {
    const tags = new Set(this.filter.tags);
    if (!tags.delete(tag)) tags.add(tag);
    this.look({ tags });
  }
  get isFiltered(): boolean {
    const { search, tags, isFavourites } = this.filter;
    return search.trim() !== '' || tags.size > 0 || isFavourites;
  }
  private fits(preset: Preset): boolean {
    const { search, tags, isFavourites } = this.filter;
    if (isFavourites && !this.isFavourite(preset.id)) return false;
    if (tags.size && !preset.tags.some((tag) => tags.has(tag))) return false;
    const types = preset.modules.map(({ type }) => type.replaceAll('-', ' '));
    const text = [preset.name, ...preset.tags, preset.about ?? '', ...types].join(' ');
    return search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.toLowerCase().includes(word));
  }
  get found(): { readonly rigs: readonly Preset[]; readonly own: readonly Preset[] } {
    const fits = (preset: Preset) => this.fits(preset);
    return { rigs: kRigs.filter(fits), own: this.ownRigs.filter(fits) };
  }

  get favouriteIds(): readonly string[] {
    return [...this.favourites];
  }
  isFavourite(id: string): boolean {
    return this.favourites.has(id);
  }
  toggleFavourite(id: string): void {
    const isOn = !this.isFavourite(id);
    const favourites = new Set(this.favourites);
    if (isOn) favourites.add(id);
    else favourites.delete(id);
    this.favourites = favourites;
    this.emit('change', undefined);
    void this.keep(() => this.store.mark(id, isOn));
  }

  // The player's own

  /** Names that a preset of this kind would be taken for. */
  takenNames(kind: Preset['kind'], type?: string): ReadonlySet<string> {
    const same = kind === 'rig' ? this.rigs : this.ownOf(type ?? '');
    return new Set(same.map(({ name }) => name));
  }

  /** A new one, or one that takes the place of the one with its id. Files are bytes that are at hand. */
  async save(preset: Preset, files: ReadonlyMap<string, Bytes> = new Map()): Promise<void> {
    this.own = this.isOwn(preset.id)
      ? this.own.map((other) => (other.id === preset.id ? preset : other))
      : [...this.own, preset];
    for (const [sha, bytes] of files) this.files.set(sha, bytes);
    this.emit('change', undefined);
    await this.keep(() => this.store.put(preset, files));
  }
  /** Those of a file, each under a name of its own. */
  async add(presets: readonly Preset[], files: ReadonlyMap<string, Bytes>): Promise<Preset[]> {
    const added: Preset[] = [];
    for (const preset of presets) {
      const taken = this.takenNames(preset.kind, preset.modules[0]?.type);
      const apart = { ...preset, id: newId(), name: nameApart(preset.name, taken) };
      const dated = { ...apart, madeAtMs: Date.now() + added.length };
      await this.save(dated, new Map([...files].filter(([sha]) => preset.files?.[sha])));
      added.push(dated);
    }
    return added;
  }
  remove(preset: Preset): void {
    if (!this.isOwn(preset.id)) return;
    const before = this.own;
    this.own = before.filter(({ id }) => id !== preset.id);
    this.emit('change', undefined);
    const files = this.filesFor([preset]);
    void files.then(() => this.keep(() => this.store.delete(preset.id)));
    this.shell.say(`${preset.name} deleted`, {
      label: 'Undo',
      outlastsEdits: true,
      run: () => void files.then((held) => this.putBack(preset, before, held)),
    });
  }
  private async putBack(
    preset: Preset,
    before: readonly Preset[],
    files: ReadonlyMap<string, Bytes>,
  ): Promise<void> {
    await this.save(preset, files);
    const places = new Map(before.map(({ id }, place) => [id, place]));
    const placeOf = ({ id }: Preset) => places.get(id) ?? before.length;
    this.own = [...this.own].sort((a, b) => placeOf(a) - placeOf(b));
    this.emit('change', undefined);
  }

  /** The bytes of the files that these name; without those that are lost. */
  async filesFor(presets: readonly Preset[]): Promise<Map<string, Bytes>> {
    const found = new Map<string, Bytes>();
    for (const sha of presets.flatMap(({ files }) => Object.keys(files ?? {}))) {
      const bytes = await this.file(sha);
      if (bytes) found.set(sha, bytes);
    }
    return found;
  }
  async file(sha256: string): Promise<Bytes | undefined> {
    return this.files.get(sha256) ?? (await this.store.file(sha256).catch(() => undefined));
  }

  private async keep(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.channel?.postMessage('change');
    } catch {
      this.shell.say('This browser keeps no presets. Export them to be safe');
    }
  }
}
