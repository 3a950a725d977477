// How much people may set, and that each setting is explained.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('settings', () => {
  it('are at most twelve, each explained in whole sentences', () => {
    const root = resolve(import.meta.dirname, '../..');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
    const sections = manifest.contributes.configuration as {
      properties: Record<string, { markdownDescription: string }>;
    }[];
    const settings = sections.flatMap(({ properties }) => Object.values(properties));
    expect(settings.length).toBeLessThanOrEqual(12);
    const said = settings.map(({ markdownDescription }) => texts[markdownDescription.replaceAll('%', '')] ?? '');
    expect(said.filter((text) => !text.endsWith('.'))).toEqual([]);
  });
});
