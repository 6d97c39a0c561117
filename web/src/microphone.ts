// SPDX-License-Identifier: MIT

/** A microphone or instrument on the engine's input: one at a time. */
export class Microphone {
  private source: MediaStreamAudioSourceNode | undefined;

  get node(): AudioNode | undefined {
    return this.source;
  }

  connect(stream: MediaStream, engineNode: AudioNode): void {
    this.disconnect();
    const context = engineNode.context as AudioContext;
    this.source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
    this.source.connect(engineNode);
  }

  /** Gives back what was connected. */
  disconnect(): MediaStream | undefined {
    const { source } = this;
    source?.disconnect();
    this.source = undefined;
    return source?.mediaStream;
  }
}
