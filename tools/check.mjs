// SPDX-License-Identifier: MIT
// npm run check: format, lint, layering, types. What `npm test` runs as its phase `check`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLayering } from './check-layering.mjs';
import { checkWords } from './check-words.mjs';
import { projectFiles } from './lib/files.mjs';
import { lastLines, run } from './lib/process.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => path.join(root, 'node_modules/.bin', name);

const program = (command, args) => async () => {
  const { code, output } = await run(command, args, { cwd: root });
  return { ok: code === 0, output };
};
const breaches = (find) => async () => {
  const found = find(root);
  return { ok: found.length === 0, output: found.join('\n') };
};
const formatCpp = async () => {
  const files = projectFiles(root).filter((file) => /\.(h|cpp)$/.test(file));
  return program('clang-format', ['--dry-run', '-Werror', ...files])();
};
// Tests run in Node and know its types; what they test runs in browsers and must not.
function typePrograms() {
  const files = projectFiles(root);
  const hasCode = (room) =>
    files.some((file) => file.startsWith(`${room}/`) && /(?<!config)\.ts$/.test(file));
  return files.filter(
    (file) => /^\w+\/tsconfig(\.test|\.worker)?\.json$/.test(file) && hasCode(path.dirname(file)),
  );
}

/** Each check is { name, run } and gives { ok, output }. */
export const checks = [
  { name: 'layering', run: breaches(checkLayering) },
  { name: 'words', run: breaches(checkWords) },
  { name: 'clang-format', run: formatCpp },
  { name: 'prettier', run: program(bin('prettier'), ['--check', '--log-level=warn', '.']) },
  { name: 'oxlint', run: program(bin('oxlint'), ['--deny-warnings']) },
  ...typePrograms().map((config) => ({
    name: `types of ${config}`,
    run: program(bin('tsc'), ['--noEmit', '-p', config]),
  })),
];

export async function runCheck(check) {
  try {
    return await check.run();
  } catch (error) {
    return { ok: false, output: String(error.stack ?? error) };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await Promise.all(
    checks.map(async (check) => {
      const result = await runCheck(check);
      console.log(`${result.ok ? '✓' : '✗'} ${check.name}`);
      if (!result.ok) console.log(lastLines(result.output).replace(/^/gm, '  '));
      return result.ok;
    }),
  );
  process.exitCode = results.every(Boolean) ? 0 : 1;
}
