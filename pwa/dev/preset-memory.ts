// SPDX-License-Identifier: MIT
// A store of presets that lives as long as a test.
import type { Bytes } from '../src/model/engine-port.ts';
import type { Preset } from '../src/presets/preset.ts';
import type { PresetStore } from '../src/presets/preset-store.ts';

export class PresetMemory {
  readonly presets = new Map<string, Preset>();
  readonly favourites = new Set<string>();
  readonly files = new Map<string, Bytes>();
  isFull = false;

  all: PresetStore['all'] = async () => ({
    presets: [...this.presets.values()],
    favourites: [...this.favourites],
  });
  put: PresetStore['put'] = async (preset, files) => {
    if (this.isFull) throw new Error('full');
    this.presets.set(preset.id, preset);
    for (const [sha, bytes] of files) this.files.set(sha, bytes);
  };
  delete: PresetStore['delete'] = async (id) => void this.presets.delete(id);
  mark: PresetStore['mark'] = async (id, isOn) => {
    if (isOn) this.favourites.add(id);
    else this.favourites.delete(id);
  };
  file: PresetStore['file'] = async (sha) => this.files.get(sha);
  sweep: PresetStore['sweep'] = async () => {
    const used = new Set(
      [...this.presets.values()].flatMap(({ files }) => Object.keys(files ?? {})),
    );
    for (const sha of this.files.keys()) if (!used.has(sha)) this.files.delete(sha);
  };
}
