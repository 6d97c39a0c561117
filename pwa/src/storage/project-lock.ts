// SPDX-License-Identifier: MIT
// One tab edits a project. The others wait in line for it, and may ask for it.
//
// A Web Lock says whose it is and goes when its tab dies. A tab that is asked writes what it has, then lets go; one that
// does not answer loses it all the same.
import { Emitter } from '../model/emitter.ts';
import { isHeld, webLocks } from './locks.ts';

export type ProjectHold = 'none' | 'here' | 'elsewhere';

export interface ProjectLockEvents {
  /** Another tab has it from now on. */
  lost: undefined;
  /** It is here after all: what another tab wrote meanwhile is to be read. */
  granted: undefined;
}
interface Question {
  readonly askFor: string;
}

/** A page that is reloaded may still have to die. */
const kTries = 4;
const kPauseMs = 120;
/** So long an answer may take: what has not been written is written first. */
const kAnswerMs = 2500;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const projectLockName = (id: string): string => `sonic-core.project.${id}`;
export const isProjectOpen = (id: string): Promise<boolean> => isHeld(projectLockName(id));

export class ProjectLock extends Emitter<ProjectLockEvents> {
  state: ProjectHold = 'none';
  private id = '';
  private letGo: (() => void) | undefined;
  private line: AbortController | undefined;
  private readonly channel =
    'BroadcastChannel' in globalThis ? new BroadcastChannel('sonic-core.projects') : undefined;

  /** `beforeYield`: another tab asks for it; what it resolves to is waited for. */
  constructor(private readonly beforeYield: () => Promise<void>) {
    super();
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Question>) => {
      if (data.askFor === this.id && this.state === 'here') void this.yield();
    });
  }

  /** Lets go of what it had. False: another tab has it; `granted` follows when that one lets go. */
  async hold(id: string): Promise<boolean> {
    this.release();
    this.id = id;
    if (!webLocks()) {
      this.state = 'here';
      return true;
    }
    for (let i = 0; i < kTries; i += 1) {
      if (i > 0) await pause(kPauseMs);
      if (await this.request({ ifAvailable: true })) return true;
      if (this.id !== id) return false;
    }
    this.state = 'elsewhere';
    this.wait();
    return false;
  }

  release(): void {
    this.line?.abort();
    this.line = undefined;
    this.letGo?.();
    this.letGo = undefined;
    this.id = '';
    this.state = 'none';
  }

  /** Resolves when it is here. */
  async takeOver(): Promise<void> {
    if (this.state !== 'elsewhere') return;
    const { id } = this;
    this.channel?.postMessage({ askFor: id } satisfies Question);
    let stop = () => {};
    const granted = new Promise<void>((resolve) => (stop = this.on('granted', () => resolve())));
    await Promise.race([granted, pause(kAnswerMs)]);
    stop();
    if (this.id !== id || this.state !== 'elsewhere') return;
    this.line?.abort();
    if (await this.request({ steal: true })) this.emit('granted', undefined);
  }

  private wait(): void {
    const line = new AbortController();
    this.line = line;
    void this.request({ signal: line.signal }).then((isHere) => {
      if (isHere) this.emit('granted', undefined);
    });
  }

  private async yield(): Promise<void> {
    const { id } = this;
    await this.beforeYield();
    if (this.id !== id || this.state !== 'here') return;
    this.lose();
  }
  private lose(): void {
    this.state = 'elsewhere';
    this.letGo?.();
    this.letGo = undefined;
    this.emit('lost', undefined);
    this.wait();
  }

  /** True once the lock is held here; it is held until `letGo`. */
  private request(options: LockOptions): Promise<boolean> {
    const { id } = this;
    return new Promise((answer) => {
      let mine: (() => void) | undefined;
      const held = webLocks()?.request(projectLockName(id), options, (lock) => {
        // Another project was opened while this one's turn came.
        if (!lock || this.id !== id) return answer(false);
        this.line = undefined;
        this.state = 'here';
        const until = new Promise<void>((resolve) => (mine = this.letGo = resolve));
        answer(true);
        return until;
      });
      held?.catch(() => {
        answer(false);
        // Taken away, not let go.
        if (mine && this.letGo === mine) this.lose();
      });
    });
  }
}
