// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { createHint } from './hint.ts';
import { createPlayDemo } from './play-demo.ts';

function flow() {
  const log: string[] = [];
  const demo = createPlayDemo({
    begin: () => log.push('begin'),
    showHint: () => log.push('hint'),
  });
  return { demo, log };
}

it('begins once, however often it is pressed, and hints when it sounds', () => {
  const { demo, log } = flow();
  demo.send({ type: 'press' });
  demo.send({ type: 'press' });
  expect(log).toEqual(['begin']);
  demo.send({ type: 'started' });
  expect(demo.state).toBe('playing');
  expect(log).toEqual(['begin', 'hint']);
});

it('keeps the sentence of a failure, and can be tried again', () => {
  const { demo, log } = flow();
  demo.send({ type: 'press' });
  demo.send({ type: 'failed', sentence: 'No sound device.' });
  expect(demo.state).toBe('failed');
  expect(demo.context.sentence).toBe('No sound device.');
  demo.send({ type: 'press' });
  expect(log).toEqual(['begin', 'begin']);
});

it('stops, and begins again', () => {
  const { demo } = flow();
  demo.send({ type: 'press' });
  demo.send({ type: 'started' });
  demo.send({ type: 'stopped' });
  expect(demo.state).toBe('stopped');
  demo.send({ type: 'press' });
  expect(demo.state).toBe('starting');
});

it('hints until the first turn, and never again', () => {
  let remembered = 0;
  const hint = createHint(false, () => (remembered += 1));
  hint.send({ type: 'show' });
  expect(hint.state).toBe('shown');
  hint.send({ type: 'turned' });
  hint.send({ type: 'show' });
  expect(hint.state).toBe('done');
  expect(remembered).toBe(1);
  expect(createHint(true, () => {}).state).toBe('done');
});
