// SPDX-License-Identifier: MIT
// What a knob offers besides being turned.
import { html, nothing } from 'lit';
import { formatValue } from '../format/units.ts';
import { controlText } from '../midi/control.ts';
import type { App } from '../model/app.ts';
import type { ScKnob } from '../ui/knob.ts';
import { menuItem } from '../ui/parts.ts';
import { openPopover, type Popover } from '../ui/popover.ts';
import { openLearn } from './midi-learn.ts';

async function copy(app: App, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    app.shell.say(`${text} copied`);
  } catch {
    app.shell.say('The browser does not let this page copy');
  }
}

let open: Popover | undefined;

export async function openKnobMenu(app: App, knob: ScKnob): Promise<void> {
  const { param } = knob;
  const nodeId = knob.dataset['node'];
  if (!param || nodeId === undefined) return;
  const midi = await app.midi.open();
  // A long press and the system's own event for it ask twice.
  if (open?.anchor === knob.handle) return;
  const target = { nodeId, paramId: param.id };
  const control = midi.bindings.of(target);
  const canLearn = midi.ports.status !== 'unsupported';
  const close = () => open?.close();
  const value = formatValue(knob.value, param);
  open = openPopover(knob.handle, {
    role: 'menu',
    label: `${param.label} menu`,
    className: 'knob-menu',
    // The value below the dial stays in view.
    beside: knob,
    render: () => html`
      ${menuItem(close, 'undo', 'Reset', () => knob.reset(), { fact: formatValue(param.default, param) })}
      ${menuItem(close, 'type', 'Type a value', () => knob.type())}
      ${menuItem(close, 'copy', 'Copy value', () => void copy(app, value), { fact: value })}
      <hr />
      ${menuItem(close, 'midi', 'MIDI learn', () => openLearn(app, midi, knob.handle, target), {
        fact: canLearn ? (control ? controlText(control) : '') : 'Not in this browser',
        isOff: !canLearn,
      })}
      ${control ? menuItem(close, 'close', 'Forget MIDI', () => midi.bindings.forget(target)) : nothing}
    `,
    onClose: () => (open = undefined),
  });
}
