// Counts checks and prints one line each; the last line of the run is its summary.

export class Report {
  #passed = 0;
  #failed = 0;

  /** Runs one check; a failure is told and counted, and the run goes on. */
  async check(name, run) {
    const startedAt = performance.now();
    try {
      await run();
      this.#passed += 1;
      console.log(`ok    ${name} (${Math.round(performance.now() - startedAt)} ms)`);
    } catch (failure) {
      this.#failed += 1;
      console.log(`FAIL  ${name}\n${indent(failure.stack ?? String(failure))}`);
    }
  }

  /** A figure to read; figures are never judged. */
  measure(name, value) {
    console.log(`      ${name}: ${value}`);
  }

  fail(name, why) {
    return this.check(name, () => Promise.reject(new Error(why)));
  }

  /** Prints the summary; true when all passed. */
  finish() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0;
  }
}

function indent(text) {
  return text.replaceAll(/^/gm, '        ');
}
