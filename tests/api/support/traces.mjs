// What a server left on the disk.

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The files below `folder` that hold `text`, by their paths in it. */
export async function filesThatHold(folder, text) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    // A file may go while others are read.
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.includes(text)) holding.push(relative(folder, path));
  }
  return holding.sort();
}
