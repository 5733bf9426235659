/** Newer than the library's types. */
interface PageScheduler {
  yield?: () => Promise<void>;
}

/** Lets the page do what waits: input, painting. Resolves in a task of its own. */
export function nextTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: PageScheduler };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}
