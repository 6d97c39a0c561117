// SPDX-License-Identifier: MIT
// Backups and single projects, out to files and in again. What packs them is fetched when it is asked for.
import type { Restored } from '../../backup/restore.ts';
import { fileName, downloadBlob, pickFile } from '../../media/download.ts';
import type { App } from '../../model/app.ts';
import { Emitter } from '../../model/emitter.ts';
import type { ListedProject } from '../../model/project-list.ts';

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** What came back, in a sentence or two. */
export function sentenceOfRestored({ added, same, copied, failed, takes }: Restored): string {
  const parts: string[] = [];
  if (added) parts.push(`${count(added, 'project')} came back`);
  if (copied) parts.push(`${count(copied, 'project')} came as a copy beside what is here`);
  if (same) parts.push(`${count(same, 'project')} ${same === 1 ? 'was' : 'were'} here already`);
  if (takes) parts.push(`${count(takes, 'take')} came back`);
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
      const { takeSource } = await import('../../backup/take-source.ts');
      const file = await backUp({ library: app.library, takes: takeSource(app), onProgress });
      downloadBlob(file, fileName(`Sonic-Core backup ${dayOf(new Date())}`, 'zip'));
    });
  }

  /** Called inside a press. */
  async restore(): Promise<void> {
    const { app } = this;
    const file = await pickFile('.zip,application/zip');
    if (!file) return;
    await this.work('Restoring', async (onProgress) => {
      const { restore } = await import('../../backup/restore.ts');
      const { takeSource } = await import('../../backup/take-source.ts');
      const takes = takeSource(app);
      const restored = await restore(file, { library: app.library, takes, onProgress });
      app.shell.say(sentenceOfRestored(restored));
      await app.takes.show(app.session.id);
    });
  }

  /** One project as a `.sonic` file, whether it is open or not. */
  async download({ stored, json }: ListedProject): Promise<void> {
    const { packSonic } = await import('../../backup/sonic-file.ts');
    const file = await packSonic(json, (sha256) => this.app.library.assets.get(sha256));
    downloadBlob(file, fileName(stored.name, 'sonic'));
  }
}
