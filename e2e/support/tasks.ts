// SPDX-License-Identifier: MIT
// How long the page's main thread was busy at a stretch, in processor time: what a loaded machine takes away from it in
// between is not counted, as it would be by the browser's own observer of long tasks.
import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds; `tdur` on the processor. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
export interface Task {
  readonly cpuMs: number;
  /** What it did, longest first. */
  readonly what: string;
}
const kWorthSayingMs = 3;

const within = (event: TraceEvent, task: TraceEvent): boolean =>
  event !== task &&
  event.pid === task.pid &&
  event.tid === task.tid &&
  event.ts >= task.ts &&
  event.ts + (event.dur ?? 0) <= task.ts + (task.dur ?? 0);

const cpuMs = ({ tdur = 0 }: TraceEvent): number => tdur / 1000;

/** Tasks of the page's main thread while `work` went on, longest first. */
export async function tasksDuring(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<Task[]> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(
    traceEvents
      .filter(
        ({ ph, name, args }) =>
          ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain',
      )
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const events = traceEvents.filter(
    ({ ph, pid, tid }) => ph === 'X' && mainThreads.has(`${pid} ${tid}`),
  );
  return events
    .filter(({ name }) => name === 'RunTask')
    .map((task) => ({
      // Scripts that are evaluated are the test's: the page's own are modules.
      cpuMs: events
        .filter((event) => event.name === 'EvaluateScript' && within(event, task))
        .reduce((left, event) => left - cpuMs(event), cpuMs(task)),
      what: events
        .filter((event) => cpuMs(event) >= kWorthSayingMs && within(event, task))
        .sort((a, b) => cpuMs(b) - cpuMs(a))
        .slice(0, 6)
        .map((event) => `${event.name} ${cpuMs(event).toFixed(0)}`)
        .join(', '),
    }))
    .sort((a, b) => b.cpuMs - a.cpuMs);
}
