// What the system tells of processes.

import { readdir, readFile } from 'node:fs/promises';

/** Bytes of memory that process `pid` has now. */
export async function residentMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)[1]) * 1024;
}

/** The id of the one process that process `pid` has started and that runs. */
export async function childOf(pid) {
  const children = [];
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const text = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8');
    children.push(...text.split(' ').filter(Boolean).map(Number));
  }
  if (children.length !== 1) throw new Error(`process ${pid} has ${children.length} children`);
  return children[0];
}
