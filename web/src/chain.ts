// SPDX-License-Identifier: MIT
import { EndpointNode, ModuleNode } from './nodes.ts';
import type { WireJson } from './types.ts';

/** What may stand in SonicEngine.connect(). */
export type Step = AudioNode | ModuleNode | EndpointNode;

/** The wires of a chain. A node of the page may only stand first; it is connected to the engine's input. */
export function wiresOf(
  chain: readonly Step[],
  input: EndpointNode,
  engineNode: AudioNode,
): Record<string, WireJson> {
  const wires: Record<string, WireJson> = {};
  let previous: string | undefined;
  for (const step of chain) {
    if (step instanceof ModuleNode || step instanceof EndpointNode) {
      if (previous !== undefined) {
        wires[`${previous}-${step.id}`] = { from: [previous, 'out'], to: [step.id, 'in'] };
      }
      previous = step.id;
    } else if (previous === undefined) {
      step.connect(engineNode);
      previous = input.id;
    } else {
      throw new TypeError(
        'In connect(), a node of the page may only stand first; use output.connect() for the end.',
      );
    }
  }
  return wires;
}
