// Names the tests that passed only when they were tried again: they are counted as passed, and are somebody's next work.

/** A Vitest reporter. */
export default class SecondTries {
  #names = [];

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(test.fullName);
  }

  onTestRunEnd() {
    if (this.#names.length === 0) return;
    console.log(['', 'Passed only at the second try:', ...this.#names.map((name) => `  ${name}`)].join('\n'));
  }
}
