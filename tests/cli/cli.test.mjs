// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import {
  chainProject,
  folder,
  read,
  readWav,
  removeFolder,
  sha256,
  sines,
  sonic,
  wav,
  write,
  writeProject,
  zip,
} from './support.mjs';

after(removeFolder);

/** Runs and expects success; what it wrote. */
function render(...words) {
  const { status, stderr } = sonic(...words, '-o', 'out.wav');
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return readWav(read('out.wav'));
}
/** Runs and expects one sentence on standard error, and no file left behind. */
function refusal(...words) {
  const { status, stdout, stderr } = sonic(...words);
  assert.notEqual(status, 0, `${words.join(' ')} was accepted`);
  assert.equal(stdout, '');
  assert.match(stderr, /^sonic: [^\n]+\n$/, 'one sentence');
  assert.ok(!existsSync(path.join(folder, 'refused.wav')));
  assert.ok(!readdirSync(folder).some((name) => name.endsWith('.part')));
  return stderr.slice('sonic: '.length, -1);
}
const maxDifference = (a, b) => {
  assert.equal(a.length, b.length);
  return a.reduce((max, value, n) => Math.max(max, Math.abs(value - b[n])), 0);
};
const through = chainProject([
  ['in', 'input'],
  ['out', 'output'],
]);

test('modules: the table as JSON, the schema, and a list for people', () => {
  const modules = JSON.parse(sonic('modules', '--json').stdout);
  const gain = modules.find((module) => module.id === 'gain');
  assert.deepEqual(Object.keys(gain), [
    'id',
    'label',
    'category',
    'summary',
    'role',
    'ports',
    'params',
    'assets',
    'readings',
    'latencyFrames',
  ]);
  const level = gain.params[0];
  assert.deepEqual([level.id, level.unit, level.default], ['gain', 'dB', 0]);
  for (const module of modules) {
    assert.match(module.id, /^[a-z0-9-]+$/);
    assert.ok(module.summary.endsWith('.'), `${module.id} has no summary`);
    for (const param of module.params) {
      assert.ok(
        param.min <= param.default && param.default <= param.max,
        `${module.id} ${param.id}`,
      );
    }
  }
  const schema = JSON.parse(sonic('modules', '--schema').stdout);
  assert.equal(schema.properties.nodes.additionalProperties.allOf.length, modules.length);
  assert.match(sonic('modules').stdout, /^gain +utility +\S.*\.$/m);
});

test('chain: a file through modules, in its own rate and length', () => {
  const [dry] = sines(1001);
  write('in.wav', wav([dry], { rate: 44100, bits: 32 }));
  const result = render('chain', 'gain gain=-6dB', 'in.wav', '--format', 'f32');
  assert.deepEqual([result.rate, result.bits, result.frames], [44100, 32, 1001]);
  const expected = dry.map((value) => value * 10 ** (-6 / 20));
  assert.ok(maxDifference(result.channels[0], expected) < 1e-6);
  assert.deepEqual(result.channels[0], result.channels[1], 'mono plays in both channels');
});

test('chain: both channels of a stereo file stay apart', () => {
  const dry = sines(500, 2);
  write('in.wav', wav(dry, { bits: 32 }));
  const result = render('chain', 'gain', 'in.wav', '--format', 'f32');
  assert.deepEqual(result.channels, dry);
});

test('chain: what a file of whole numbers cuts off is said, and floats keep it', () => {
  write('in.wav', wav([Float32Array.of(0, 0.5, -0.5)], { bits: 32 }));
  const loud = ['chain', 'gain gain=12dB', 'in.wav', '-o', 'out.wav', '--format'];
  const cut = sonic(...loud, '24');
  assert.equal(cut.status, 0);
  assert.equal(
    cut.stderr,
    'sonic: warning: the sound reached +6.0 dBFS and was cut off at 0; --format f32 keeps it\n',
  );
  assert.equal(sonic(...loud, 'f32').stderr, '');
  assert.equal(sonic('chain', 'gain', 'in.wav', '-o', 'out.wav', '--format', '24').stderr, '');
});

test('render: formats, length, tail, rate', () => {
  writeProject('p.json', through);
  const dry = sines(4410);
  write('in.wav', wav(dry, { rate: 44100, bits: 24 }));
  const args = ['render', 'p.json', '--input', 'in.wav', '--rate', 44100];
  for (const [format, bits] of [
    ['16', 16],
    ['24', 24],
    ['f32', 32],
  ]) {
    const result = render(...args, '--format', format);
    assert.equal(result.bits, bits);
    assert.ok(maxDifference(result.channels[0], dry[0]) <= 2 ** (1 - Math.min(bits, 24)));
  }
  assert.equal(render(...args, '--seconds', '0.5').frames, 22050);
  const longer = render(...args, '--tail', '0.1');
  assert.equal(longer.frames, 8820);
  assert.ok(longer.channels[0].slice(4410).every((value) => value === 0));
  const resampled = render('render', 'p.json', '--input', 'in.wav', '--format', 'f32');
  assert.deepEqual([resampled.rate, resampled.frames], [48000, 4800]);
  const expected = sines(4800, 1, (0.01 * 44100) / 48000)[0];
  assert.ok(
    maxDifference(resampled.channels[0].slice(500, 4300), expected.slice(500, 4300)) < 1e-5,
  );
  assert.equal(render('render', 'p.json').frames, 480000, '10 s without an input');
  writeProject('hi.json', { ...through, sampleRateHz: 96000 });
  assert.equal(render('render', 'hi.json', '--seconds', '0.01').rate, 96000);
});

test('golden: every effect in a row gives the same bytes for every block size', () => {
  const modules = JSON.parse(sonic('modules', '--json').stdout);
  const fits = (module) =>
    module.role === 'effect' &&
    ['in', 'out'].every((direction) =>
      module.ports.some(
        (p) => p.id === direction && p.direction === direction && p.signal === 'audio',
      ),
    );
  const effects = modules.filter(fits).map(({ id }) => [id, id]);
  assert.ok(effects.length >= 3);
  writeProject('all.json', chainProject([['in', 'input'], ...effects, ['out', 'output']]));
  const burst = sines(30000)[0].map((value, n) => (n < 15000 ? value : 0));
  write('in.wav', wav([burst], { bits: 24 }));
  const bytesOf = (block, ...more) => {
    render('render', 'all.json', '--input', 'in.wav', '--format', 'f32', '--block', block, ...more);
    return sha256(read('out.wav'));
  };
  const expected = bytesOf(2048);
  for (const block of [1, 7, 32, 100, 128, 441]) assert.equal(bytesOf(block), expected, `${block}`);
  assert.equal(readWav(read('out.wav')).frames, 30000);
  assert.equal(bytesOf(7, '--quality', 'hq'), bytesOf(2048, '--quality', 'hq'));
});

const demoRig = [
  ['in', 'input'],
  ['gate', 'gate'],
  ['drive', 'overdrive'],
  ['amp', 'amp-crunch'],
  ['cab', 'cabinet'],
  ['delay', 'delay'],
  ['reverb', 'reverb'],
  ['out', 'output'],
];

test('golden: the guitar rig gives the same bytes for every block size', () => {
  writeProject('rig.json', chainProject(demoRig));
  // A plucked note that dies away, then silence: everything wakes, rings on and falls asleep.
  const note = sines(40000)[0].map((value, n) => (n < 24000 ? value * Math.exp(-n / 6000) : 0));
  write('in.wav', wav([note], { bits: 24 }));
  const bytesOf = (block) => {
    const args = ['render', 'rig.json', '--input', 'in.wav', '--tail', '0.5', '--block', block];
    const result = render(...args);
    assert.ok(result.channels[0].some((value) => Math.abs(value) > 0.01));
    return sha256(read('out.wav'));
  };
  const expected = bytesOf(128);
  for (const block of [1, 7, 32, 100, 441, 2048])
    assert.equal(bytesOf(block), expected, `${block}`);
});

test('the guitar rig answers in the very frame, and rises as its minimum-phase filters do', () => {
  // docs/adr/0009: each module answers in its own frame above -100 dB of its peak. Two oversampled ones in a row answer
  // there too, at -170 dB, and come to -100 dB in the second frame after it (0.04 ms).
  const rig = 'gate threshold=-80 | overdrive | amp-crunch | cabinet | parametric-eq';
  const answer = (chain, level) => {
    const played = new Float32Array(2000);
    played[777] = level;
    write('in.wav', wav([played], { bits: 32 }));
    return render('chain', chain, 'in.wav', '--format', 'f32').channels[0];
  };
  const firstResponse = (chain, share) => {
    const silence = answer(chain, 0); // an amp may settle audibly after it is switched on
    const response = answer(chain, 1).map((value, n) => Math.abs(value - silence[n]));
    const floor = share * Math.max(...response);
    return response.findIndex((value) => value > floor);
  };
  for (const chain of ['gate threshold=-80 | cabinet | parametric-eq', 'overdrive', 'amp-crunch'])
    assert.equal(firstResponse(chain, 1e-5), 777, chain);
  assert.equal(firstResponse(rig, 1e-9), 777);
  const first = firstResponse(rig, 1e-5);
  assert.ok(first >= 777 && first <= 777 + 2, `answers at frame ${first}`);
});

test('assets: beside a .json, in a .sonic, named by a chain', () => {
  const song = sines(300);
  const bytes = wav(song, { bits: 32 });
  const hash = sha256(bytes);
  const project = chainProject(
    [
      ['c', 'clip', { assets: { audio: hash } }],
      ['out', 'output'],
    ],
    { assets: { [hash]: { name: 'song.wav', kind: 'audio/clip' } } },
  );
  const expectSong = (result) => {
    for (const channel of result.channels) {
      assert.ok(maxDifference(channel.slice(0, 300), song[0]) < 1e-6);
      assert.ok(channel.slice(300).every((value) => value === 0));
    }
  };
  const options = ['--seconds', '0.01', '--format', 'f32'];
  writeProject('clip.json', project);
  assert.equal(
    refusal('render', 'clip.json', '-o', 'refused.wav'),
    `clip.json: /nodes/c/assets/audio: needs song.wav (assets/${hash}), which is not there`,
  );
  mkdirSync(path.join(folder, 'assets'));
  write(`assets/${hash}`, bytes.subarray(0, 100));
  assert.match(refusal('check', 'clip.json'), /whose content does not have that SHA-256$/);
  write(`assets/${hash}`, bytes);
  expectSong(render('render', 'clip.json', ...options));

  const json = JSON.stringify(project);
  write('clip.sonic', zip({ 'project.json': json, [`assets/${hash}`]: bytes }));
  expectSong(render('render', 'clip.sonic', ...options));
  write('bare.sonic', zip({ 'project.json': json }));
  assert.match(refusal('check', 'bare.sonic'), /\/nodes\/c\/assets\/audio: .*not in the archive$/);
  const damaged = zip({ 'project.json': json, [`assets/${hash}`]: bytes });
  damaged[damaged.indexOf('RIFF') + 60] ^= 1;
  write('damaged.sonic', damaged);
  assert.match(refusal('check', 'damaged.sonic'), /is damaged/);

  write('my song.wav', bytes);
  expectSong(render('chain', "clip loop=off audio='my song.wav'", ...options));
});

test('check: plan, latency and what is not played', () => {
  writeProject(
    'p.json',
    chainProject([
      ['in', 'input'],
      ['c', 'compressor', { params: { lookaheadMs: 5 } }],
      ['x', 'from-tomorrow'],
      ['out', 'output'],
    ]),
  );
  const { status, stdout, stderr } = sonic('check', 'p.json');
  assert.equal(status, 0);
  assert.match(stdout, /^p\.json: valid; 4 nodes and 3 wires play at 48000 Hz\n/);
  assert.match(stdout, /latency 240 frames \(5 ms\)/);
  assert.match(stdout, /^c +compressor/m);
  assert.equal(stderr, 'sonic: p.json: warning: /nodes/x/type: unknown module "from-tomorrow"\n');
});

test('a newer project plays, with a note', () => {
  writeProject('newer.json', { ...through, version: 2, wires: { ...through.wires, odd: 7 } });
  const { status, stderr } = sonic('render', 'newer.json', '--seconds', '0.01', '-o', 'out.wav');
  assert.equal(status, 0);
  assert.match(stderr, /note: This project was saved by a newer version/);
  assert.match(stderr, /warning: \/wires\/odd: must be an object/);
});

test('bad projects: file, place and what was expected', () => {
  const check = (text) => refusal('check', write('bad.json', text));
  const node = (members) => JSON.stringify(chainProject([['a1', 'gain', members]]));
  assert.equal(
    check(node({ params: { gain: 4000 } })),
    'bad.json: /nodes/a1/params/gain: must be -80..24 dB, got 4000',
  );
  assert.match(check(node({ params: { gain: null } })), /must be a number, got null$/);
  assert.match(check(node({}).replace('"gain"', '"gain","params":{"gain":1e999}')), /is not JSON/);
  assert.match(check(node({}).replace('"gain"', '"gain","params":{"gain":NaN}')), /is not JSON/);
  assert.match(check(node({}).slice(0, -5)), /^bad\.json: byte \d+: is not JSON: /);
  assert.equal(check('['.repeat(100_000)), 'bad.json: byte 65: is nested deeper than 64 levels');
  assert.match(check(' '.repeat((16 << 20) + 1)), /at most 16777216 are read$/);
  assert.match(
    check(JSON.stringify(chainProject([['evil\n\u001b[31m', 'gain', { label: 1 }]]))),
    /^bad\.json: \/nodes\/evil\?\?\[31m\/label: must be a string/,
  );
  assert.match(check('{"format":"als"}'), /this is not a Sonic-Core project$/);
  assert.match(check(Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3])), /end of a zip file was expected/);
  const loop = chainProject([
    ['a', 'gain'],
    ['b', 'gain'],
  ]);
  loop.wires.back = { from: ['b', 'out'], to: ['a', 'in'] };
  assert.match(check(JSON.stringify(loop)), /^bad\.json: \/\S+: /);
  assert.match(refusal('check', 'none.json'), /^none\.json: cannot be read: no such file/);
});

test('bad WAV files', () => {
  const input = (bytes) => refusal('chain', 'gain', write('bad.wav', bytes), '-o', 'refused.wav');
  assert.match(input(wav(sines(10, 32))), /^bad\.wav: has 32 channels; an input has one or two$/);
  assert.match(input(wav([new Float32Array(0)])), /^bad\.wav: /);
  assert.match(input(wav(sines(10)).subarray(0, 30)), /^bad\.wav: byte \d+: /);
  assert.match(
    input(Buffer.from('ID3 not a WAV at all, whatever its name says')),
    /^bad\.wav: byte/,
  );
  assert.match(input(Buffer.alloc(0)), /^bad\.wav: /);
  write('fake.wav', 'RIFFfake');
  assert.match(
    refusal('chain', 'clip audio=fake.wav', '-o', 'refused.wav'),
    /^fake\.wav: byte \d+: /,
  );
  // These are no mistakes.
  write('in.wav', wav(sines(100), { bits: 8, rate: 192000 }));
  assert.equal(render('chain', 'gain', 'in.wav').rate, 192000);
  write('in.wav', wav(sines(100)).subarray(0, 144));
  assert.equal(render('chain', 'gain', 'in.wav').frames, 50, 'what is whole of a cut file');
});

test('bad chains name the column', () => {
  write('in.wav', wav(sines(10)));
  const chain = (text) => refusal('chain', text, 'in.wav', '-o', 'refused.wav');
  assert.match(chain('gian'), /^chain, column 1: unknown module "gian"/);
  assert.match(
    chain('gain | gate treshold=3'),
    /^chain, column 13: gate has no "treshold"; it has /,
  );
  assert.equal(chain('gain gain=99'), 'chain, column 6: gain must be -80..24 dB, got "99"');
  assert.match(chain('gain gain=loud'), /got "loud"$/);
  assert.match(chain('gain gain=0x10'), /got "0x10"$/);
  assert.match(chain('gain gain'), /column 6: expected parameter=value/);
  assert.match(chain('gain | | gain'), /column 8: a module was expected/);
  assert.match(chain(''), /column 1: a module was expected/);
  assert.match(chain("clip audio='a b"), /column 12: this quote is never closed/);
  assert.match(chain('gain | clip'), /column 8: clip has no audio input/);
  assert.match(chain('input'), /cannot stand in a chain/);
  assert.match(chain('clip audio=none.wav'), /^none\.wav: cannot be read/);
});

test('bad options', () => {
  writeProject('p.json', through);
  const option = (...words) => refusal('render', 'p.json', '-o', 'refused.wav', ...words);
  assert.match(option('--block', '0'), /^--block: must be a number 1\.\.2048, got "0"$/);
  assert.match(option('--block', '1.5'), /^--block: must be a whole number$/);
  assert.match(option('--rate', 'fast'), /^--rate: /);
  assert.match(option('--seconds', 'nan'), /^--seconds: /);
  assert.match(option('--seconds=1', '--tail=1'), /^--tail: /);
  assert.match(option('--format', '8'), /^--format: must be 16, 24 or f32/);
  assert.match(option('--quality', 'best'), /^--quality: must be live or hq/);
  assert.match(option('--bogus'), /^--bogus: is no option/);
  assert.match(option('--input'), /^--input: needs a value$/);
  assert.match(option('--input', 'none.wav'), /^none\.wav: cannot be read/);
  assert.match(option('more.json'), /^more\.json: was not expected here/);
  assert.match(refusal('render', 'p.json'), /^-o: must name the WAV file/);
  assert.match(refusal('render', 'p.json', '-o', 'no/out.wav'), /^no\/out\.wav: cannot be written/);
  assert.match(refusal('sing'), /^sing is no command/);
  assert.match(refusal(), /^a command is missing/);
  assert.match(sonic('--help').stdout, /sonic render PROJECT/);
});
