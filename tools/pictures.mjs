// SPDX-License-Identifier: MIT
// npm run pictures: takes the pictures of every screen, dialog and failure into docs/pictures/, with a gallery. Which
// pictures there are stands in e2e/pictures/stories/. `npm run pictures -- -g 'The rack'` takes some of them anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAppFresh } from './lib/app-inputs.mjs';
import { root } from './lib/native.mjs';
import { halved, toPalette } from './lib/palette.mjs';
import { decodePng, encodePalettePng } from './lib/png.mjs';
import { run } from './lib/process.mjs';

const kRaw = path.join(root, 'build/pictures');
const kOut = path.join(root, 'docs/pictures');
const kKinds = ['dark', 'light', 'phone-dark', 'phone-light'];
// So many colours show a part of the interface; more would only make the files larger. A whole desk has more of them.
const kColours = 64;
const kColoursOfDesk = 128;
const kDeskPixels = 1440 * 900;

const isPhone = (kind) => kind.startsWith('phone-');
/** Phone pictures carry the phone in front, the look at the end: phone-rack-dark.png. */
const nameOf = (kind, name) =>
  isPhone(kind) ? `phone-${name}-${kind.slice(6)}.png` : `${name}-${kind}.png`;

async function takePictures(args) {
  const program = path.join(root, 'node_modules/.bin/playwright');
  const { code } = await run(program, ['test', '--config=e2e/pictures', ...args], {
    cwd: root,
    show: true,
    timeoutSeconds: 3600,
  });
  return code === 0;
}

/** The same picture with a palette; those of a phone are taken with two pixels for one. Gives its bytes. */
function shrink(kind, from, to) {
  const picture = decodePng(readFileSync(from));
  const { width, height, rgba } = isPhone(kind) ? halved(picture) : picture;
  const colours = width * height < kDeskPixels ? kColours : kColoursOfDesk;
  const png = encodePalettePng(width, height, toPalette(rgba, colours));
  writeFileSync(to, png);
  return png.length;
}

/** The stories in their order, with all that was taken in any of the kinds. */
function readStories() {
  const stories = new Map();
  for (const kind of kKinds) {
    const folder = path.join(kRaw, 'titles', kind);
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const { title, taken } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
      const story = stories.get(file) ?? { file, title, captions: new Map() };
      stories.set(file, story);
      for (const { name, title: caption } of taken) story.captions.set(name, caption);
    }
  }
  return [...stories.values()].sort((a, b) => a.file.localeCompare(b.file));
}

function gallery(stories, names) {
  const lines = [
    '# What it looks like',
    '',
    'Every screen, dialog and failure, taken from the running app by `npm run pictures`: at 1440 × 900 and on a phone of',
    '390 × 844, dark and light. Of dialogs and menus a desk’s picture shows the part of the screen around them. The phone',
    'is a browser’s emulation of one.',
  ];
  for (const { title, captions } of stories) {
    lines.push('', `## ${title}`);
    for (const [name, caption] of captions) {
      const kinds = kKinds.filter((kind) => names.has(nameOf(kind, name)));
      const head = kinds.map((kind) => kind.replace('phone-', 'phone, '));
      const cells = kinds.map((kind) => `![${caption}, ${kind}](${nameOf(kind, name)})`);
      lines.push('', `### ${caption}`, '', `| ${head.join(' | ')} |`);
      lines.push(`|${'---|'.repeat(kinds.length)}`, `| ${cells.join(' | ')} |`);
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
const names = new Set();
for (const kind of kKinds) {
  const folder = path.join(kRaw, kind);
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const name = nameOf(kind, path.basename(file, '.png'));
    bytes += shrink(kind, path.join(folder, file), path.join(kOut, name));
    names.add(name);
  }
}
writeFileSync(path.join(kOut, 'README.md'), gallery(readStories(), names));
if (isWhole && process.exitCode === 0) {
  const kept = new Set([...names, 'README.md']);
  for (const file of readdirSync(kOut)) if (!kept.has(file)) rmSync(path.join(kOut, file));
}
console.log(`${names.size} pictures, ${(bytes / 1e6).toFixed(1)} MB`);
