// What people read here leads somewhere: files and headings that are linked are there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');
const pages = ['', 'docs', 'examples/flights'].flatMap((folder) =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const texts = new Map(pages.map((page) => [page, readFileSync(join(repository, page), 'utf8')]));

/** The heading as GitHub and VS Code name it in a link. */
function anchor(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return text.replace(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-');
}

function anchorsOf(page: string): string[] {
  const text = texts.get(page)?.replaceAll(/```[\s\S]*?```/g, '') ?? '';
  return [...text.matchAll(/^#+ +(.+?) *$/gm)].map(([, heading = '']) => anchor(heading));
}

it('links lead to files and headings that are there', () => {
  const lost = pages.flatMap((page) =>
    [...(texts.get(page) ?? '').matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(
      ([link, path, heading]) => {
        const target = path ? normalize(join(dirname(page), path)) : page;
        const isThere = existsSync(join(repository, target));
        const isHeading = heading === undefined || !texts.has(target) || anchorsOf(target).includes(heading);
        return isThere && isHeading ? [] : [`${page} ${link}`];
      },
    ),
  );
  expect(lost).toEqual([]);
});

it('README.md has at most 600 words', () => {
  const words = (texts.get('README.md') ?? '').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  expect(words.length).toBeLessThanOrEqual(600);
});
