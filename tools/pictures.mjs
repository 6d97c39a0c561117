// SPDX-License-Identifier: MIT
// npm run pictures: takes the pictures of every screen, dialog and failure into docs/pictures/, with a gallery. Which
// pictures there are stands in e2e/pictures/stories.ts. `npm run pictures -- -g 'The rack'` takes some of them anew.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAppFresh } from './lib/app-inputs.mjs';
import { root } from './lib/native.mjs';
import { toPalette } from './lib/palette.mjs';
import { decodePng, encodePalettePng } from './lib/png.mjs';
import { run } from './lib/process.mjs';

const kRaw = path.join(root, 'build/pictures');
const kOut = path.join(root, 'docs/pictures');
const kKinds = ['dark', 'light', 'phone-dark', 'phone-light'];

/** Phone pictures carry the phone in front, the look at the end: phone-rack-dark.png. */
const nameOf = (kind, name) =>
  kind.startsWith('phone-') ? `phone-${name}-${kind.slice(6)}.png` : `${name}-${kind}.png`;

async function takePictures(args) {
  const program = path.join(root, 'node_modules/.bin/playwright');
  const { code } = await run(program, ['test', '--config=e2e/pictures', ...args], {
    cwd: root,
    show: true,
    timeoutSeconds: 3600,
  });
  return code === 0;
}

/** The same picture with a palette. Gives its bytes. */
function shrink(from, to) {
  const { width, height, rgba } = decodePng(readFileSync(from));
  const png = encodePalettePng(width, height, toPalette(rgba));
  writeFileSync(to, png);
  return png.length;
}

function gallery(stories) {
  const lines = [
    '# What it looks like',
    '',
    'Every screen, dialog and failure, taken from the running app by `npm run pictures`: at 1440 × 900 and on a phone of',
    '390 × 844, dark and light. The phone is a browser’s emulation of one.',
  ];
  for (const { title, taken } of stories) {
    lines.push('', `## ${title}`);
    for (const { name, title: caption } of taken) {
      lines.push(
        '',
        `### ${caption}`,
        '',
        '| dark | light | phone, dark | phone, light |',
        '|---|---|---|---|',
      );
      lines.push(`| ${kKinds.map((kind) => `![](${nameOf(kind, name)})`).join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const args = process.argv.slice(2);
const isWhole = args.length === 0;
if (!isAppFresh(root)) console.log('The build is older than its sources: npm run build first.');
if (isWhole) rmSync(kRaw, { recursive: true, force: true });
mkdirSync(kOut, { recursive: true });
process.exitCode = (await takePictures(args)) ? 0 : 1;

let bytes = 0;
const names = new Set(['README.md']);
for (const kind of kKinds) {
  for (const file of readdirSync(path.join(kRaw, kind))) {
    const name = nameOf(kind, path.basename(file, '.png'));
    bytes += shrink(path.join(kRaw, kind, file), path.join(kOut, name));
    names.add(name);
  }
}
const titles = path.join(kRaw, 'titles');
const stories = readdirSync(titles)
  .sort()
  .map((file) => JSON.parse(readFileSync(path.join(titles, file), 'utf8')));
writeFileSync(path.join(kOut, 'README.md'), gallery(stories));
if (isWhole && process.exitCode === 0) {
  for (const file of readdirSync(kOut)) if (!names.has(file)) rmSync(path.join(kOut, file));
}
console.log(`${names.size - 1} pictures, ${(bytes / 1e6).toFixed(1)} MB`);
