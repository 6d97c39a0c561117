// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { createPlugIn, kSilenceMs, type InputDevice, type OpenInput } from './plug-in.ts';

const scarlett: InputDevice = { id: 's', label: 'Scarlett 2i2' };
const headset: InputDevice = { id: 'h', label: 'Hands-Free headset' };
const opened = (device = scarlett, devices = [scarlett]) => ({
  type: 'opened' as const,
  input: { device, processing: [] } satisfies OpenInput,
  devices,
});

function flow() {
  const log: string[] = [];
  const machine = createPlugIn({
    ask: (id) => log.push(`ask ${id ?? 'any'}`),
    release: () => log.push('release'),
    monitor: (isOn) => log.push(`monitor ${isOn}`),
  });
  let atMs = 0;
  const level = (peakDb: number, ms = 33) => {
    atMs += ms;
    machine.send({ type: 'level', peakDb, atMs });
  };
  const levels = (peakDb: number, ms: number) => {
    for (let t = 0; t < ms; t += 33) level(peakDb);
  };
  const listen = () => {
    machine.send({ type: 'start' });
    machine.send({ type: 'ask' });
    machine.send(opened());
  };
  return { machine, log, levels, listen };
}

describe('plug in', () => {
  it('says what will be asked before it asks', () => {
    const { machine, log } = flow();
    machine.send({ type: 'start' });
    expect(machine.state).toBe('explain');
    expect(log).toEqual([]);
    machine.send({ type: 'ask' });
    expect(machine.state).toBe('asking');
    expect(log).toEqual(['monitor false', 'ask any']);
  });

  it('monitors only after a level was shown and headphones were confirmed', () => {
    const { machine, log, levels, listen } = flow();
    listen();
    expect(machine.state).toBe('listening');
    machine.send({ type: 'confirm', headphones: true });
    machine.send({ type: 'next' });
    expect(machine.state).toBe('listening');
    levels(-20, 100);
    expect(machine.state).toBe('good');
    machine.send({ type: 'confirm', headphones: true });
    expect(machine.state).toBe('good');
    expect(log).not.toContain('monitor true');
    machine.send({ type: 'next' });
    machine.send({ type: 'confirm', headphones: true });
    expect(machine.state).toBe('playing');
    expect(log.at(-1)).toBe('monitor true');
  });

  it('plays without being heard when there are loudspeakers', () => {
    const { machine, log, levels, listen } = flow();
    listen();
    levels(-20, 100);
    machine.send({ type: 'next' });
    machine.send({ type: 'confirm', headphones: false });
    expect(machine.state).toBe('playing');
    expect(log.at(-1)).toBe('monitor false');
  });

  it.each([
    ['refused', 'refused'],
    ['no-device', 'no-device'],
    ['busy', 'failed'],
    ['other', 'failed'],
  ] as const)('a %s input leads to %s, and from there to a new try', (failure, state) => {
    const { machine } = flow();
    machine.send({ type: 'start' });
    machine.send({ type: 'ask' });
    machine.send({ type: 'failed', failure });
    expect(machine.state).toBe(state);
    expect(machine.context.failure).toBe(failure);
    machine.send({ type: 'ask' });
    expect(machine.state).toBe('asking');
    expect(machine.context.failure).toBeUndefined();
  });

  it('offers others when the browser took a headset, but not when that was chosen', () => {
    const { machine, log } = flow();
    machine.send({ type: 'start' });
    machine.send({ type: 'ask' });
    machine.send(opened(headset, [headset, scarlett]));
    expect(machine.state).toBe('wrong-device');
    machine.send({ type: 'ask', deviceId: 'h' });
    expect(log.at(-1)).toBe('ask h');
    machine.send(opened(headset, [headset, scarlett]));
    expect(machine.state).toBe('listening');
  });

  it('takes the headset when there is nothing else', () => {
    const { machine } = flow();
    machine.send({ type: 'start' });
    machine.send({ type: 'ask' });
    machine.send(opened(headset, [headset]));
    expect(machine.state).toBe('listening');
  });

  it('says that it hears nothing after five seconds, and hears again', () => {
    const { machine, levels, listen } = flow();
    listen();
    levels(-70, kSilenceMs - 100);
    expect(machine.state).toBe('listening');
    levels(-70, 200);
    expect(machine.state).toBe('silent');
    levels(-20, 40);
    expect(machine.state).toBe('good');
  });

  it('says that it is too hot until it has been calm for two seconds', () => {
    const { machine, levels, listen } = flow();
    listen();
    levels(0, 40);
    expect(machine.state).toBe('too-hot');
    levels(-10, 1500);
    levels(0, 40);
    levels(-10, 1500);
    expect(machine.state).toBe('too-hot');
    levels(-10, 700);
    expect(machine.state).toBe('good');
    levels(0, 40);
    expect(machine.state).toBe('too-hot');
  });

  it('lets go of the input when it is closed, wherever it is', () => {
    for (const steps of [0, 1, 2, 3]) {
      const { machine, log, levels, listen } = flow();
      if (steps === 0) machine.send({ type: 'start' });
      else listen();
      if (steps > 1) levels(-20, 40);
      if (steps > 2) machine.send({ type: 'next' });
      machine.send({ type: 'close' });
      expect(machine.state).toBe('closed');
      expect(log.slice(-2)).toEqual(['monitor false', 'release']);
    }
  });

  it('notices a device that is pulled out', () => {
    const { machine, log, levels, listen } = flow();
    listen();
    levels(-20, 40);
    machine.send({ type: 'lost' });
    expect(machine.state).toBe('no-device');
    expect(log.at(-1)).toBe('release');
  });

  it('does not ask anything when the device is pulled out while playing', () => {
    const { machine, log, levels, listen } = flow();
    listen();
    levels(-20, 40);
    machine.send({ type: 'next' });
    machine.send({ type: 'confirm', headphones: true });
    machine.send({ type: 'lost' });
    expect(machine.state).toBe('closed');
    expect(log.at(-1)).toBe('release');
  });

  it('tells its listeners where it has come to', () => {
    const { machine } = flow();
    const seen: string[] = [];
    const stop = machine.subscribe((state) => seen.push(state));
    machine.send({ type: 'start' });
    machine.send({ type: 'next' });
    machine.send({ type: 'close' });
    stop();
    machine.send({ type: 'start' });
    expect(seen).toEqual(['explain', 'closed']);
  });
});
