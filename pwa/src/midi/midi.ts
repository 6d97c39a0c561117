// SPDX-License-Identifier: MIT
// MIDI as the app has it: inputs, what they move, and learning. A chunk of its own, fetched when it is first needed.
import { kCommands } from '../commands/list.ts';
import type { App } from '../model/app.ts';
import { Bindings, isKnob, type Target } from './bindings.ts';
import { Learn } from './learn.ts';
import { Player } from './player.ts';
import { Ports } from './ports.ts';

/** Commands that a foot or a finger at the device may want. */
const kPedalCommands = ['play', 'record', 'mute', 'tuner', 'bypass'];
export const pedalCommands = () => kCommands.filter(({ id }) => kPedalCommands.includes(id));

export class Midi {
  readonly ports = new Ports();
  readonly bindings: Bindings;
  readonly learn: Learn;
  private readonly player: Player;
  private followed: unknown;

  constructor(private readonly app: App) {
    const { session } = app;
    this.bindings = new Bindings(session, app.store);
    this.learn = new Learn(this.bindings, (target) => this.nameOf(target));
    this.player = new Player(session, this.bindings, (id) => this.run(id));
    this.ports.on('move', (move) => {
      if (!this.learn.hear(move)) this.player.play(move);
    });
    this.learn.on('learned', (sentence) => app.shell.say(sentence));
  }

  nameOf(target: Target): string {
    if (isKnob(target)) return this.bindings.nameOf(target);
    return kCommands.find(({ id }) => id === target.command)?.label ?? target.command;
  }
  private run(id: string): void {
    const command = kCommands.find((one) => one.id === id);
    if (command && command.isEnabled?.(this.app) !== false) command.run(this.app);
  }

  /** Called inside a press. */
  async begin(target: Target): Promise<void> {
    this.learn.begin(target);
    await this.ports.open();
  }

  /** What is bound wants its devices: at once where they are allowed, else by a press. */
  async follow(): Promise<void> {
    const { ports, app } = this;
    if (ports.status !== 'off' || !this.bindings.all.length || this.followed === app.session.doc)
      return;
    this.followed = app.session.doc;
    if (await ports.isAllowed()) await ports.open();
    else this.offer();
  }
  private offer(): void {
    const { shell } = this.app;
    shell.warn('midi', {
      tone: 'plain',
      symbol: 'plug',
      sentence: 'Some knobs here follow a MIDI device.',
      kept: 'Your browser will ask whether this page may use it.',
      actions: [
        {
          label: 'Connect MIDI',
          run: () => {
            shell.settle('midi');
            void this.ports.open();
          },
        },
      ],
    });
  }
}
