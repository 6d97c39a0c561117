// SPDX-License-Identifier: MIT
// Files in and out: project files anywhere, a WAV onto a cabinet.
import { ProjectDoc } from 'sonic-core/document';
import { download, downloadBlob, fileName, pickFile } from '../media/download.ts';
import type { App } from './app.ts';
import { type EngineErrorInfo, sentenceOf } from './engine-port.ts';

const kProjectName = /\.(sonic|json)$/i;
const kWavName = /\.wave?$/i;
/** Larger files are a mistake, not a project. */
const kMaxFileBytes = 512 * 1024 * 1024;
const kMaxWavBytes = 256 * 1024 * 1024;

/** The engine says what is wrong in a project; of a file that cannot even be read it says it in a parser's words. */
function whyItDoesNotOpen(file: File, error: unknown): string {
  const { place = '' } = (error as { info?: EngineErrorInfo }).info ?? {};
  return place.startsWith('/')
    ? `“${file.name}” does not open: ${place} ${sentenceOf(error)}`
    : `“${file.name}” does not open. It is damaged, or it is no project.`;
}

export class Files {
  constructor(private readonly app: App) {
    app.keeper.on('full', () => this.warnFull());
    app.keeper.on('change', () => {
      if (app.keeper.state === 'saved') app.shell.settle('full');
    });
  }

  /** Called inside a press. */
  async pickProject(): Promise<void> {
    const file = await pickFile('.sonic,.json,application/json');
    if (file) await this.openProject(file);
  }

  async openProject(file: File): Promise<void> {
    const { app } = this;
    await app.attempt(async () => {
      if (file.size > kMaxFileBytes) throw new Error(`${file.name} is too large for a project.`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      // Presets come in files of the same kinds.
      if (await this.tookPresets(file, bytes)) return;
      const engine = await app.ready();
      // From here on the engine has the other project: what is being turned or recorded belongs to this one.
      await app.keeper.flush();
      await app.takes.finish();
      // The engine's schema is the only one: it says what a project is, and what is wrong with one.
      const notice = await engine.openFile(bytes).catch((error: unknown) => {
        throw new Error(whyItDoesNotOpen(file, error), { cause: error });
      });
      const json = engine.save();
      const title = json['name'];
      const name = typeof title === 'string' && title ? title : file.name.replace(kProjectName, '');
      await app.openDoc(ProjectDoc.fromJson({ ...json, name }), true);
      if (notice) app.shell.say(notice);
      app.enterRack();
    });
  }

  private async tookPresets(file: File, bytes: Uint8Array): Promise<boolean> {
    const { isPresetFile } = await import('../presets/preset-file.ts');
    if (!isPresetFile(bytes)) return false;
    const { importPresets } = await import('../panels/preset-transfer.ts');
    await importPresets(this.app, file);
    return true;
  }

  saveProject(): void {
    const { session, engine } = this.app;
    session.settle();
    const name = fileName(session.name, 'sonic');
    if (engine) download(engine.saveFile(), name, 'application/octet-stream');
    else void this.app.attempt(() => this.packProject(name));
  }
  /** Nothing sounds yet: there is no engine to pack it, and none is needed. */
  private async packProject(name: string): Promise<void> {
    const { session, library } = this.app;
    if (!session.json) return;
    const { packSonic } = await import('../backup/sonic-file.ts');
    downloadBlob(await packSonic(session.json, (sha256) => library.assets.get(sha256)), name);
  }

  /** A file that was dropped or chosen; `nodeId` is the module it was dropped on. */
  async take(file: File, nodeId?: string): Promise<void> {
    if (kProjectName.test(file.name)) await this.openProject(file);
    else if (kWavName.test(file.name)) await this.loadWav(file, nodeId);
    else this.app.shell.say(`${file.name} is neither a WAV nor a project`);
  }

  async pickWav(nodeId: string): Promise<void> {
    const file = await pickFile('.wav,audio/wav');
    if (file) await this.loadWav(file, nodeId);
  }

  private async loadWav(file: File, nodeId: string | undefined): Promise<void> {
    const { app } = this;
    const { session } = app;
    const target = this.slotFor(nodeId);
    if (!session.doc) {
      app.shell.say('Start the demo or plug in first, then drop the WAV on a cabinet');
      return;
    }
    if (!target) {
      app.shell.say('A WAV goes into a cabinet. Add one, then drop it there');
      return;
    }
    await app.attempt(async () => {
      if (file.size > kMaxWavBytes) throw new Error(`${file.name} is too large.`);
      const engine = await app.ready();
      const about = { name: file.name, kind: target.kind };
      const sha = await engine.addAsset(new Uint8Array(await file.arrayBuffer()), about);
      session.setAsset(target.nodeId, target.slot, sha, about);
    });
  }

  /** The slot for impulse responses of that module, or of the first module that has one. */
  private slotFor(nodeId: string | undefined) {
    const { session } = this.app;
    const candidates = nodeId === undefined ? [] : [nodeId];
    for (const id of [...candidates, ...session.chain.nodes]) {
      const slot = session.meta(id).assets.find(({ kind }) => kind === 'audio/ir');
      if (slot) return { nodeId: id, slot: slot.id, kind: slot.kind };
    }
    return undefined;
  }

  private warnFull(): void {
    this.app.shell.warn('full', {
      tone: 'hot',
      symbol: 'warn',
      sentence: 'This device is out of space.',
      kept: 'You can go on editing; download the project to be safe.',
      actions: [{ label: 'Download project', kind: 'primary', run: () => this.saveProject() }],
    });
  }
}
