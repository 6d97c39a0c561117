// SPDX-License-Identifier: MIT
// "Copy details": what somebody who helps would ask for. It goes to the clipboard and nowhere else.
import type { App } from './app.ts';

const line = (name: string, value: unknown) => `${name}: ${String(value ?? 'unknown')}`;

export function details(app: App, error?: unknown): string {
  const { audio, microphone, engine } = app;
  const facts = audio.port?.facts;
  const latency = engine?.latency;
  const input = microphone.flow.context.input;
  const text = [
    'Sonic-Core',
    line('Page', location.href),
    line('Browser', navigator.userAgent),
    line('Secure page', isSecureContext),
    line('Input', input?.device.label ?? 'none'),
    line('Voice processing', input?.processing.join(', ') || 'off'),
    line('Settings', JSON.stringify(audio.settings)),
    line('Sample rate', facts?.sampleRateHz),
    line('Block', facts?.blockFrames),
    line('State', facts?.state),
    line('Latency ms', latency && JSON.stringify(latency)),
    line('Round trip ms', audio.roundTripMs ?? 'not measured'),
    line('Load', app.loadShare),
    line('Dropouts', app.dropouts),
    line('Modules', app.session.chain.nodes.map((id) => app.session.node(id)?.type).join(' ')),
  ];
  if (error !== undefined) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    text.push(line('Error', stack));
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause !== undefined) text.push(line('Because', cause));
  }
  return text.join('\n');
}

export async function copyDetails(app: App, error?: unknown): Promise<void> {
  const text = details(app, error);
  const isCopied = await copy(text);
  app.shell.say(isCopied ? 'Details copied' : 'This browser did not let us copy');
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without https have no clipboard, but the old way.
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
