// SPDX-License-Identifier: MIT
import { SonicEngine } from 'sonic-core';

document.querySelector('#play').onclick = async () => {
  const context = new AudioContext({ latencyHint: 0 });
  const engine = await SonicEngine.create(context);
  const tone = new OscillatorNode(context, { frequency: 110 });
  const drive = engine.add('overdrive', { drive: 60 }); // %, dB, Hz: names and ranges come from the kernel
  engine.connect(tone, drive, engine.output);
  engine.output.connect(context.destination);
  tone.start();

  // What the end-to-end test looks at.
  engine.on('levels', (levels) => {
    document.title = `peak ${Math.max(...levels.get('@out').peak).toFixed(3)}`;
  });
  globalThis.engine = engine;
};
