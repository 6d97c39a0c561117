// SPDX-License-Identifier: MIT
// Runs one program, keeps what it says, and leaves nothing running behind.
import { spawn } from 'node:child_process';

const kKeptCharacters = 400_000;
const running = new Set();

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) killGroup(child);
    process.exit(130);
  });
}

/**
 * Runs `command` without standard input. Resolves to { code, output }; never rejects: a program that cannot be
 * started or exceeds `timeoutSeconds` has a code other than 0 and says so in its output.
 */
export function run(command, args, { cwd, env = {}, timeoutSeconds = 1200, show = false } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk) => {
      if (show) process.stdout.write(chunk);
      output = (output + chunk).slice(-kKeptCharacters);
    };
    // A group of its own, so that a time-out also ends what the program has started.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    const timer = setTimeout(() => {
      keep(`\n${command} was stopped after ${timeoutSeconds} s\n`);
      killGroup(child);
    }, timeoutSeconds * 1000);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const finish = (code) => {
      clearTimeout(timer);
      if (running.delete(child)) resolve({ code, output });
    };
    child.on('error', (error) => {
      keep(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** The last lines of a long output: where compilers and test programs say what went wrong. */
export function lastLines(text, count = 60) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
