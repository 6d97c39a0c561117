// SPDX-License-Identifier: MIT
// How much there is: of time and of bytes.
const kUnknown = '– –';

/** "1 h 12 min", "8 min", "40 s"; seconds only where they matter. */
export function timeText(seconds: number): string {
  if (!Number.isFinite(seconds)) return kUnknown;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return minutes >= 2 ? `${minutes} min` : `${Math.floor(seconds)} s`;
}

/** "9.8 GB", "340 MB". */
export function bytesText(bytes: number): string {
  if (!Number.isFinite(bytes)) return kUnknown;
  const gigabytes = bytes / 1e9;
  if (gigabytes >= 100) return `${Math.floor(gigabytes)} GB`;
  if (gigabytes >= 1) return `${gigabytes.toFixed(1)} GB`;
  return `${Math.floor(bytes / 1e6)} MB`;
}
