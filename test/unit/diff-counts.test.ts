// Lines per file of a diff as git prints it.
import { describe, expect, it } from 'vitest';
import { diffCounts } from '../../src/lifecycle/runs/recordings/diff-counts';

const diff = `diff --git a/notes with space.md b/notes with space.md
index 1..2 100644
--- a/notes with space.md\t
+++ b/notes with space.md\t
@@ -1,2 +1,3 @@
 same
--- a rule of dashes
+++ a line of pluses
+more
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x = 1
\\ No newline at end of file
diff --git a/model.bin b/model.bin
Binary files a/model.bin and b/model.bin differ
`;

describe('counts of a diff', () => {
  it('are per file, and a changed line that looks like a header is a changed line', () => {
    expect(diffCounts(diff)).toEqual([
      { path: 'notes with space.md', added: 2, removed: 1 },
      { path: 'gone.py', added: 0, removed: 1 },
      { path: 'model.bin', added: 0, removed: 0 },
    ]);
  });

  it('are of the names that files have, not of how git quotes them', () => {
    const head = 'diff --git "a/\\"q\\"\\303\\251 \\\\.py" "b/\\"q\\"\\303\\251 \\\\.py"\n';
    const body = '--- "a/\\"q\\"\\303\\251 \\\\.py"\n+++ "b/\\"q\\"\\303\\251 \\\\.py"\n@@ -1 +1 @@\n-a\n+b\n';
    expect(diffCounts(head + body)).toEqual([{ path: '"q"é \\.py', added: 1, removed: 1 }]);
    expect(diffCounts(head)).toEqual([{ path: '"q"é \\.py', added: 0, removed: 0 }]);
  });

  it('are none for an empty diff', () => {
    expect(diffCounts('')).toEqual([]);
  });
});
