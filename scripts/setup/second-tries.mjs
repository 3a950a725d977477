// Names the tests that passed only when they were tried again, with what they met first: they are counted as passed, and
// are somebody's next work.

/** A Vitest reporter. */
export default class SecondTries {
  #lines = [];

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const [first] = test.result().errors ?? [];
    this.#lines.push(`  ${test.fullName}`);
    if (first !== undefined) this.#lines.push(`    ${first.message.split('\n', 1)[0]}${placeOf(first)}`);
  }

  onTestRunEnd() {
    if (this.#lines.length > 0) console.log(['', 'Passed only at the second try:', ...this.#lines].join('\n'));
  }
}

/** Where in a test of ours it was met. */
function placeOf({ stacks = [] }) {
  const own = stacks.find(({ file }) => file.includes('/test/'));
  return own === undefined ? '' : ` (${own.file.replace(/^.*\/test\//, 'test/')}:${own.line})`;
}
