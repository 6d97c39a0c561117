// SPDX-License-Identifier: MIT
// The MIDI inputs of this device. Asked for only by a press; where it was allowed before, taken without asking.
import { Emitter } from '../model/emitter.ts';
import { Decoder, type Move } from './decoder.ts';

export type PortsStatus = 'unsupported' | 'off' | 'asking' | 'on' | 'refused';
export interface PortInfo {
  readonly id: string;
  readonly name: string;
}

export class Ports extends Emitter<{ change: undefined; move: Move }> {
  status: PortsStatus;
  private access: MIDIAccess | undefined;
  private readonly decoders = new Map<string, Decoder>();

  constructor() {
    super();
    // Typed as always there; some browsers have none.
    const request = navigator.requestMIDIAccess as typeof navigator.requestMIDIAccess | undefined;
    this.status = request === undefined ? 'unsupported' : 'off';
  }

  get inputs(): readonly PortInfo[] {
    return [...(this.access?.inputs.values() ?? [])]
      .filter(({ state }) => state === 'connected')
      .map(({ id, name }) => ({ id, name: name ?? 'MIDI input' }));
  }

  private set(status: PortsStatus): void {
    this.status = status;
    this.emit('change', undefined);
  }

  /** Called inside a press: the browser may ask. */
  async open(): Promise<void> {
    if (this.status === 'unsupported' || this.status === 'on' || this.status === 'asking') return;
    this.set('asking');
    try {
      this.access = await navigator.requestMIDIAccess({ sysex: false });
    } catch {
      // Refused by the person, by a policy of the page's host, or by a system without MIDI: nothing else can be told.
      this.set('refused');
      return;
    }
    this.access.addEventListener('statechange', () => this.listen());
    this.listen();
    this.set('on');
  }

  /** Whether it opens without a question. */
  async isAllowed(): Promise<boolean> {
    try {
      const { state } = await navigator.permissions.query({ name: 'midi' as PermissionName });
      return state === 'granted';
    } catch {
      // A browser that does not know this permission asks.
      return false;
    }
  }

  private listen(): void {
    for (const input of this.access?.inputs.values() ?? []) {
      input.onmidimessage = (event) => this.hear(input.id, event);
    }
    this.emit('change', undefined);
  }

  private hear(portId: string, { data, timeStamp }: MIDIMessageEvent): void {
    if (!data) return;
    let decoder = this.decoders.get(portId);
    if (!decoder) this.decoders.set(portId, (decoder = new Decoder()));
    for (const move of decoder.decode(data, timeStamp)) this.emit('move', move);
  }
}
