// SPDX-License-Identifier: MIT
// Keeps what sounds in step with the document: cooks what is missing in the worker, then sends the plan and the knobs
// that moved, once per task.
import type { EngineErrorInfo } from './types.ts';
import type { CookTask, ProjectBinding } from './wire/glue.ts';
import type { ToWorklet } from './wire/messages.ts';
import type { WorkerClient } from './worker-client.ts';

export class Planning {
  private readonly project: ProjectBinding;
  private readonly worker: WorkerClient;
  private readonly send: (message: ToWorklet, transfer?: Transferable[]) => void;
  private readonly onError: (error: EngineErrorInfo) => void;
  private readonly cooking = new Set<string>();
  /** Files that are lost or broken: their nodes play built-in content meanwhile. */
  private readonly absent = new Set<string>();
  private queued = false;
  private values: number[] = [];
  private settled: (() => void)[] = [];

  constructor(
    project: ProjectBinding,
    worker: WorkerClient,
    send: (message: ToWorklet, transfer?: Transferable[]) => void,
    onError: (error: EngineErrorInfo) => void,
  ) {
    this.project = project;
    this.worker = worker;
    this.send = send;
    this.onError = onError;
  }

  /** The document changed. */
  touch(): void {
    this.queue();
  }

  /** A knob on its way, heard at once and not yet in the document. */
  param(handle: number, row: number, value: number): void {
    this.values.push(handle, row, value, 0);
    this.queue();
  }

  /** Resolves when all that was asked for has been sent. */
  idle(): Promise<void> {
    if (!this.queued && this.cooking.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.settled.push(resolve));
  }

  /** A file arrived: nodes that went without it get it now. */
  fileArrived(sha256: string): void {
    if (!this.absent.delete(sha256)) return;
    this.project.setAbsent(sha256, false);
    this.queue();
  }

  private queue(): void {
    if (this.queued) return;
    this.queued = true;
    // A task, not an animation frame: a hidden tab has none.
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.queued = false;
    const { error, tasks } = this.project.missing();
    if (error) this.onError(error);
    else if (tasks && tasks.length > 0) this.cook(tasks);
    else this.update();
    if (this.values.length > 0) {
      const values = Float64Array.from(this.values);
      this.values = [];
      this.send({ type: 'params', values }, [values.buffer]);
    }
    if (this.cooking.size === 0) {
      for (const done of this.settled) done();
      this.settled = [];
    }
  }

  private update(): void {
    const { error, plan, changes } = this.project.update();
    if (error) {
      this.onError(error);
      return;
    }
    if (plan) this.send({ type: 'plan', bytes: plan.buffer }, [plan.buffer]);
    const moved = changes ?? [];
    for (let i = 0; i + 2 < moved.length; i += 3) {
      this.values.unshift(moved[i] ?? 0, moved[i + 1] ?? 0, moved[i + 2] ?? 0, 0);
    }
  }

  private cook(tasks: readonly CookTask[]): void {
    for (const task of tasks) {
      if (this.cooking.has(task.key)) continue;
      this.cooking.add(task.key);
      this.worker
        .cook(task)
        .then((result) => {
          if ('missingFile' in result) {
            this.fail(task, {
              code: 'missing',
              place: task.place,
              sentence: `The file ${result.missingFile.slice(0, 12)}… is not there. Drop it again.`,
            });
          } else if (result.error) {
            this.fail(task, { ...result.error, place: task.place });
          } else {
            this.project.accept(task.blueprint, result.measure);
          }
        })
        .catch((error: unknown) => {
          this.fail(task, { code: 'worker', place: task.place, sentence: String(error) });
        })
        .finally(() => {
          this.cooking.delete(task.key);
          this.queue();
        });
    }
  }

  private fail(task: CookTask, error: EngineErrorInfo): void {
    for (const sha256 of task.files) {
      if (sha256 === '') continue;
      this.absent.add(sha256);
      this.project.setAbsent(sha256, true);
    }
    this.onError(error);
  }
}
