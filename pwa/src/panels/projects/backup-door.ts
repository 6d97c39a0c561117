// SPDX-License-Identifier: MIT
// Backups and single projects, out to files and in again. What packs them is fetched when it is asked for.
import type { Landing } from '../../backup/landing.ts';
import type { Restored } from '../../backup/restore.ts';
import { fileName, downloadBlob, pickFile } from '../../media/download.ts';
import type { App } from '../../model/app.ts';
import { Emitter } from '../../model/emitter.ts';
import type { ListedProject } from '../../model/project-list.ts';

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const plural = (n: number, one: string, many: string): string => (n === 1 ? one : many);

function landed({ added, same, copied }: Landing, what: string): string[] {
  return [
    added && `${count(added, what)} came back`,
    copied &&
      `${count(copied, what)} came as ${plural(copied, 'a copy', 'copies')} beside what is here`,
    same && `${count(same, what)} ${plural(same, 'was', 'were')} here already`,
  ].filter((part) => part !== 0);
}

/** What came back, in a sentence or two. */
export function sentenceOfRestored(restored: Restored): string {
  const { projects, presets, takes, settings, failed } = restored;
  const parts = [...landed(projects, 'project'), ...landed(presets, 'preset')];
  if (takes) parts.push(`${count(takes, 'take')} came back`);
  if (settings.length) parts.push(`Your ${settings.join(' and ')} came back`);
  if (failed.length) parts.push(`${failed.join(', ')} could not be read`);
  return parts.length ? `${parts.join('. ')}.` : 'This backup is empty.';
}

const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

export class BackupDoor extends Emitter<{ change: undefined }> {
  /** What is being done; '' while nothing is. */
  progress = '';

  constructor(private readonly app: App) {
    super();
  }
  get isBusy(): boolean {
    return this.progress !== '';
  }
  private tell(progress: string): void {
    this.progress = progress;
    this.emit('change', undefined);
  }
  private async work(
    name: string,
    work: (tell: (done: number, of: number) => void) => Promise<void>,
  ) {
    this.tell(`${name}…`);
    await this.app.attempt(() => work((done, of) => this.tell(`${name}, ${done + 1} of ${of}…`)));
    this.tell('');
  }

  backUp(): Promise<void> {
    const { app } = this;
    return this.work('Backing up', async (onProgress) => {
      await app.keeper.flush();
      const { backUp } = await import('../../backup/back-up.ts');
      const { file, failed } = await backUp({ ...(await this.stores()), onProgress });
      downloadBlob(file, fileName(`Sonic-Core backup ${dayOf(new Date())}`, 'zip'));
      if (failed.length) app.shell.say(`Backed up without ${failed.join(', ')}: it cannot be read`);
    });
  }
  private async stores() {
    const { app } = this;
    const { takeSource } = await import('../../backup/take-source.ts');
    const { ownSettings } = await import('../../backup/own-settings.ts');
    const { library, presets } = app;
    return { library, presets, takes: takeSource(app), settings: ownSettings(app) };
  }

  /** Called inside a press. */
  async restore(): Promise<void> {
    const { app } = this;
    const file = await pickFile('.zip,application/zip');
    if (!file) return;
    await this.work('Restoring', async (onProgress) => {
      // What is compared is what is on the device.
      await app.keeper.flush();
      const { restore } = await import('../../backup/restore.ts');
      try {
        const restored = await restore(file, { ...(await this.stores()), onProgress });
        app.shell.say(sentenceOfRestored(restored));
      } finally {
        await app.takes.show(app.session.id);
      }
    });
  }

  /** One project as a `.sonic` file, whether it is open or not. */
  async download({ stored, json }: ListedProject): Promise<void> {
    const { session, keeper, library } = this.app;
    const { packSonic } = await import('../../backup/sonic-file.ts');
    await keeper.flush();
    // The list may be older than what was done since.
    const project = (stored.id === session.id ? session.json : undefined) ?? json;
    const file = await packSonic(project, (sha256) => library.assets.get(sha256));
    downloadBlob(file, fileName(stored.name, 'sonic'));
  }
}
