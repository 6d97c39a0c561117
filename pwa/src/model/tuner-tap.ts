// SPDX-License-Identifier: MIT
// A tuner beside the rig while its view is open: in the engine, not in the project, so that it is neither saved nor undone.
import { Emitter } from './emitter.ts';
import type { MergePatch } from './engine-port.ts';
import { mainIn, mainOut } from './catalog.ts';
import type { Master } from './master.ts';
import type { Microphone } from './microphone.ts';
import type { Session } from './session.ts';

export const kTunerNode = '@tuner';
const kType = 'tuner';

export class TunerTap extends Emitter<{ change: undefined }> {
  isOpen = false;
  mutes = true;
  private wireIds: string[] = [];

  constructor(
    private readonly session: Session,
    private readonly master: Master,
    private readonly microphone: Microphone,
  ) {
    super();
  }

  get isThere(): boolean {
    return this.session.catalog.has(kType);
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.session.engine?.apply(this.patch());
    this.applyMute();
  }
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const gone = Object.fromEntries(this.wireIds.map((id) => [id, null]));
    this.session.engine?.apply({ nodes: { [kTunerNode]: null }, wires: gone });
    this.applyMute();
  }
  setMutes(mutes: boolean): void {
    this.mutes = mutes;
    this.applyMute();
  }

  private applyMute(): void {
    const isMuted = this.isOpen && this.mutes;
    this.master.holdMute('tuner', isMuted);
    // Muted, the guitar may come in even where loudspeakers would howl.
    if (this.microphone.isConnected) {
      this.session.engine?.setMonitor(this.microphone.monitoring || isMuted);
    }
    this.emit('change', undefined);
  }

  /** Hears everything that the rig hears, before its first module. */
  private patch(): MergePatch {
    const { session } = this;
    const port = mainIn(session.catalog.get(kType)) ?? 'in';
    const wires: Record<string, unknown> = {};
    this.wireIds = [];
    for (const [id, node] of Object.entries(session.json?.nodes ?? {})) {
      const meta = session.catalog.get(node.type);
      const out = mainOut(meta);
      if (out === undefined || (meta.role !== 'source' && node.type !== 'input')) continue;
      const wireId = `${kTunerNode}-${id}`;
      this.wireIds.push(wireId);
      wires[wireId] = { from: [id, out], to: [kTunerNode, port] };
    }
    return { nodes: { [kTunerNode]: { type: kType } }, wires };
  }
}
