// SPDX-License-Identifier: MIT
// The public surface of the package. `sonic-core/document` holds the Yjs binding, the only part that needs yjs.
export { SonicEngine } from './engine.ts';
export type { EngineOptions } from './engine-options.ts';
export { SonicError } from './errors.ts';
export { loadModule } from './load-module.ts';
export { modules, moduleMeta, type ModuleId, type ParamId, type ParamValues } from './modules.ts';
export { EndpointNode, ModuleNode } from './nodes.ts';
export { renderOffline, type RenderBlock, type RenderOptions } from './render-offline.ts';
export type * from './types.ts';
