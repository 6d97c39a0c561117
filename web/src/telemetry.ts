// SPDX-License-Identifier: MIT
// What the running engine tells: levels, readings, quarantines, dropouts.
import type { Emitter } from './emitter.ts';
import { moduleMeta } from './modules.ts';
import { readReport, type NamedNode } from './report.ts';
import type { EngineEvents, NodeJson } from './types.ts';

/** The document as reports need it: who stands behind a handle. */
export interface NodeSource {
  /** Changes with every edit. */
  version(): number;
  nodes(): Readonly<Record<string, NodeJson>>;
  /** 0 for a node that does not sound yet. */
  handleOf(id: string): number;
}
type StatsContext = AudioContext & { playbackStats?: { underrunEvents: number } };

export class Telemetry {
  /** Musical position of the last report. */
  beat = 0;
  private readonly events: Emitter<EngineEvents>;
  private readonly source: NodeSource;
  private named = new Map<number, NamedNode>();
  private namedVersion = -1;
  private readonly quarantines = new Map<string, number>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(events: Emitter<EngineEvents>, source: NodeSource) {
    this.events = events;
    this.source = source;
  }

  report(data: Float32Array): void {
    const report = readReport(data, (handle) => this.nodeOf(handle));
    this.beat = report.beat;
    this.events.emit('levels', report.levels);
    if (report.readings.size > 0) this.events.emit('readings', report.readings);
    for (const [nodeId, count] of report.quarantines) {
      if (count > (this.quarantines.get(nodeId) ?? 0)) this.events.emit('quarantine', { nodeId });
      this.quarantines.set(nodeId, count);
    }
  }

  /** Browsers without playback statistics tell nothing. */
  watchUnderruns(context: StatsContext): void {
    this.stop();
    if (!context.playbackStats) return;
    const before = context.playbackStats.underrunEvents;
    let told = -1;
    this.timer = setInterval(() => {
      const total = (context.playbackStats?.underrunEvents ?? before) - before;
      if (total !== told) this.events.emit('underruns', { total });
      told = total;
    }, 1000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private nodeOf(handle: number): NamedNode | undefined {
    if (this.namedVersion !== this.source.version() || !this.named.has(handle)) {
      this.namedVersion = this.source.version();
      this.named = new Map();
      for (const [id, node] of Object.entries(this.source.nodes())) {
        const meta = moduleMeta(node.type);
        const known = this.source.handleOf(id);
        if (meta && known !== 0) this.named.set(known, { id, meta });
      }
    }
    return this.named.get(handle);
  }
}
