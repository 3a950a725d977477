// Paths from clients: what gets through, and what never does, however it is spelled.
import { describe, expect, it } from 'vitest';
import { artifactFolder, artifactPath } from '../../src/lifecycle/runs/artifacts/artifact-path';

const posix = { windowsNames: false };
const windows = { windowsNames: true };

/** `text` percent-encoded `times` over, dots and slashes included. */
function encoded(text: string, times: number): string {
  let form = text;
  for (let round = 0; round < times; round++) {
    form = [...form].map((sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
  }
  return form;
}

describe('a sound path', () => {
  it.each([
    'model/MLmodel',
    '1/88f2/artifacts/plots/ROC curve.png',
    'a..b/c...',
    '...',
    '.hidden/file',
    '50%.txt',
    'a%20b.txt',
    '100%25 sure',
    'größe/日本/📈.png',
    'con/aux.txt',
    'epoch:3/loss',
    'a:b',
    'C:',
    'C:/x',
    'file:x',
    'name with trailing dot./x',
  ])('%j stays as it is', (path) => {
    expect(artifactPath(path, posix)).toBe(path);
  });

  it('a folder may be the root and may end in a slash', () => {
    expect(artifactFolder('', posix)).toBe('');
    expect(artifactFolder('model/', posix)).toBe('model');
  });
});

describe('an unsound path', () => {
  it.each([
    '',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    './a',
    'a/./b',
    '/etc/passwd',
    '//etc/passwd',
    'a//b',
    'a/',
    'a\\b',
    '..\\x',
    'file:///etc/passwd',
    'a\0b',
    'a#b',
    'a/%2e%2e/%2e%2e/x',
    '%2fetc/passwd',
    '%5c..%5cx',
    '%00',
    '%23',
    '%2e%2e%2f%ff',
    'x'.repeat(5000),
  ])('%j is refused', (path) => {
    expect(() => artifactPath(path, posix)).toThrow(/^Invalid path: /);
  });

  it.each([1, 2, 3, 5, 8])('../ is refused when encoded %i times over', (times) => {
    expect(() => artifactPath(`a/${encoded('../..', Math.min(times, 4))}/x`, posix)).toThrow('Invalid path');
    expect(() => artifactPath(`a/${'%25'.repeat(1)}${'25'.repeat(times)}2e%252e/x`, posix)).toThrow('Invalid path');
  });

  it.each([
    'con',
    'a/NUL.txt',
    'com1',
    'LPT9.log',
    'a./b',
    'a /b',
    'a<b',
    'what?',
    'ab:c',
    'C:/x',
    'c:x',
    'file:x',
    'a*',
  ])('%j is refused where names must be good for Windows', (path) => {
    expect(() => artifactPath(path, windows)).toThrow('Windows');
    expect(artifactPath(path, posix)).toBe(path);
  });
});
