// Counts checks and prints one line each; the last line of the run is its summary.

const mostFailures = 3;

export class Report {
  #passed = 0;
  #failed = 0;

  /** Runs one check. A failure is told and counted; the run goes on, as later checks may say more, but not for long. */
  async check(name, run) {
    if (this.#failed >= mostFailures) throw new GivenUp();
    const startedAt = performance.now();
    try {
      await run();
      this.#passed += 1;
      console.log(`ok    ${name} (${Math.round(performance.now() - startedAt)} ms)`);
    } catch (failure) {
      this.fail(name, failure.stack ?? String(failure));
    }
  }

  /** A figure to read; figures are never judged. */
  measure(name, value) {
    console.log(`      ${name}: ${value}`);
  }

  fail(name, why) {
    this.#failed += 1;
    console.log(`FAIL  ${name}\n${indent(why)}`);
  }

  /** Prints the summary; true when all passed. */
  finish() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0;
  }
}

/** Thrown instead of one more check after too many failures. */
export class GivenUp extends Error {}

function indent(text) {
  return text.replaceAll(/^/gm, '        ');
}
