// SPDX-License-Identifier: MIT
import type { Server } from 'node:http';

export interface ServeOptions {
  readonly root: string;
  readonly port: string;
  readonly host?: string;
  readonly base: string;
  readonly https?: boolean;
  readonly 'strict-port'?: boolean;
}
export interface Served {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly lanUrl?: string;
}
export function serve(options: ServeOptions): Promise<Served>;
