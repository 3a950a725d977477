// What log_image and log_table of both clients leave, as a comparison lays it side by side.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEngine } from '../engine/engine-process';
import { clientInterpreter, runClientScript } from './client-script';

it.each([
  ['3.x', 'SLIPWAY_TEST_PYTHON_MLFLOW3'],
  ['2.x', 'SLIPWAY_TEST_PYTHON_MLFLOW2'],
])(
  'images of one key are one item with a step each, and tables are compared row by row: client %s',
  async (_, variable) => {
    await using engine = await startEngine({ token: '' });
    const script = join(import.meta.dirname, 'evidence/images_and_tables.py');
    const { code, said } = await runClientScript(clientInterpreter(variable), script, engine);
    expect(code, said).toBe(0);
    const ids = [...said.matchAll(/^run \w+ (\w{32})$/gm)].map(([, id = '']) => id);
    expect(ids).toHaveLength(2);
    const runIds = ids as [string, string];
    const { comparison } = engine.client.api;
    const { items } = await comparison.files.query({ runIds });
    expect(items.map(({ name, kind }) => [name, kind])).toEqual([
      ['images/sample', 'image'],
      ['eval.json', 'json'],
    ]);
    const [images] = items;
    const steps = (images?.steps ?? []).map(({ step, baseline, candidate }) => [
      step,
      baseline !== null,
      candidate !== null,
    ]);
    expect(steps).toEqual([
      [0, true, true],
      [5, true, true],
      [10, true, false],
    ]);
    // The small copy that clients add is not the one that is shown.
    const path = images?.steps[2]?.baseline?.path ?? '';
    expect(await comparison.preview.query({ runId: runIds[0], path })).toMatchObject({
      mediaType: 'image/png',
      isCut: false,
    });
    const table = await comparison.table.query({ runIds, paths: ['eval.json', 'eval.json'] });
    expect(table).toMatchObject({ columns: ['question', 'answer'], differing: 1, items: [{ differs: [1] }] });
  },
);
