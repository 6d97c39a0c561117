// SPDX-License-Identifier: MIT
// Turns knobs as a hand would: heard at once, meant when it rests.
import { fromTravel, toTravel } from '../format/travel.ts';
import { paramOf } from '../model/catalog.ts';
import type { Session } from '../model/session.ts';
import { type Bindings, isKnob, kBypass, type KnobTarget, type Target } from './bindings.ts';
import { isSameControl } from './control.ts';
import type { Move } from './decoder.ts';
import { Pickup } from './pickup.ts';

/** A movement is one step of undo until it rests this long. */
export const kRestMs = 300;

export class Player {
  private readonly pickup = new Pickup();
  private readonly resting = new Map<string, ReturnType<typeof setTimeout>>();
  /** The last value of each control that works as a switch. */
  private readonly pressed = new Map<string, number>();

  constructor(
    private readonly session: Session,
    private readonly bindings: Bindings,
    private readonly runCommand: (id: string) => void,
  ) {}

  play(move: Move): void {
    for (const { target, control } of this.bindings.all) {
      if (!isSameControl(control, move.control)) continue;
      if (!isKnob(target)) this.press(target, move, () => this.runCommand(target.command));
      else if (target.paramId === kBypass) this.press(target, move, () => this.toggle(target));
      else this.turn(target, move.value);
    }
  }

  /** A pedal acts when it goes down. */
  private press(target: Target, { value }: Move, act: () => void): void {
    const key = JSON.stringify(target);
    const before = this.pressed.get(key) ?? 0;
    this.pressed.set(key, value);
    if (before < 0.5 && value >= 0.5) act();
  }
  private toggle({ nodeId }: KnobTarget): void {
    this.session.setBypass(nodeId, this.session.node(nodeId)?.bypass !== true);
  }

  private turn({ nodeId, paramId }: KnobTarget, travel: number): void {
    const { session, pickup } = this;
    const param = paramOf(session.meta(nodeId), paramId);
    if (!param) return;
    const key = `${nodeId}/${paramId}`;
    const stands = session.value(nodeId, param);
    if (this.bindings.isSoft && !pickup.takes(key, travel, toTravel(stands, param))) return;
    const value = fromTravel(travel, param);
    pickup.left(key, toTravel(value, param));
    if (value === stands) return;
    const { doc } = session;
    const mean = () => {
      clearTimeout(this.resting.get(key));
      this.resting.delete(key);
      // Another project, or a module that is gone, has no use for it.
      if (session.doc === doc && session.node(nodeId)) session.mean(nodeId, paramId, value);
    };
    clearTimeout(this.resting.get(key));
    this.resting.set(key, setTimeout(mean, kRestMs));
    session.turn(nodeId, paramId, value, mean);
  }
}
