// What goes with what: axes, parts of them, sides and words are what a person would work out by hand.
import { describe, expect, it } from 'vitest';
import { columnValues } from '../../src/lifecycle/runs/comparison/relations/column-kind';
import { importanceOf } from '../../src/lifecycle/runs/comparison/relations/param-importance';
import type { Comparison } from '../../src/protocol/comparison/comparison';
import type { RelationColumn, RelationValue, RelationValues } from '../../src/protocol/comparison/relations';
import { brushBetween, brushPlaces, brushText, keptRuns } from '../../webview/compare/relations/axes/brush';
import {
  heightAt,
  linesByColour,
  nearestLine,
  parallelPlot,
  parallelSize,
  placeAtHeight,
} from '../../webview/compare/relations/axes/parallel-plot';
import { axisOf, placeOn, usualScale, valueText } from '../../webview/compare/relations/axes/value-axis';
import { keyedPlace } from '../../webview/compare/relations/figure/keyed-place';
import { tableCsv } from '../../webview/compare/relations/figure/value-table';
import { answerText, notesOf, relationText } from '../../webview/compare/relations/importance-words';
import { firstRelations, fromBest, missingText, targetOf } from '../../webview/compare/relations/related-runs';
import { sideValues } from '../../webview/compare/relations/views/side-values';

const param = (name: string, values: RelationValue[], kind: 'number' | 'level' = 'number'): RelationColumn => ({
  id: `param:${name}`,
  of: 'param',
  name,
  direction: 'none',
  kind,
  values,
});
const metric = (name: string, values: RelationValue[], direction: 'up' | 'down' = 'up'): RelationColumn => ({
  ...param(name, values),
  id: `metric:${name}`,
  of: 'metric',
  direction,
});
const valuesOf = (columns: RelationColumn[], constant = 0): RelationValues => ({
  runs: (columns[0]?.values ?? []).map((_, at) => ({ runId: `r${at}`, name: `run ${at}`, state: 'finished' })),
  columns,
  constant,
  left: 0,
});

describe('kinds of params', () => {
  it('numbers stay numbers beside what says that there is none; any other text makes levels', () => {
    expect(columnValues(['0.10', '1e-3', null, 'None'])).toEqual({
      kind: 'number',
      values: [0.1, 0.001, null, 'None'],
    });
    expect(columnValues(['8', 'auto'])).toEqual({ kind: 'level', values: ['8', 'auto'] });
    expect(columnValues(['None', 'nan']).kind).toBe('level');
    expect(columnValues(['True', 'False']).kind).toBe('level');
  });
});

describe('axes', () => {
  it('two decades above zero ask for a logarithm, and what has no place there is said', () => {
    expect(usualScale(param('lr', [0.001, 0.1, null]))).toBe('log');
    expect(usualScale(param('lr', [0.001, 0.09]))).toBe('linear');
    expect(usualScale(param('lr', [0, 0.001, 0.1]))).toBe('linear');
    expect(usualScale(param('model', ['a', 'b'], 'level'))).toBe('linear');
    const axis = axisOf(param('lr', [0, 0.001, 0.1, 'NaN', null]), 'log', 5);
    const places = [0, 0.001, 0.1, 'NaN', null].map((value) => placeOn(axis, value));
    expect(places).toEqual([null, expect.closeTo(0.037, 2), expect.closeTo(0.963, 2), null, null]);
    expect(axisOf(param('lr', [-1, 0]), 'log', 5).scale).toBe('linear');
  });

  it('levels lie in bands by their letters and numbers; one value lies in the middle', () => {
    const axis = axisOf(param('model', ['b10', 'b9', null, 'a'], 'level'), 'linear', 9);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['a', 'b9', 'b10']);
    expect(placeOn(axis, 'b9')).toBe(0.5);
    expect(placeOn(axis, null)).toBeNull();
    expect(placeOn(axisOf(param('k', [7, 7]), 'linear', 5), 7)).toBe(0.5);
    expect([valueText(null), valueText('NaN'), valueText(0.5)]).toEqual(['–', 'NaN', '0.5000']);
  });
});

describe('parts of axes', () => {
  const lr = param('lr', [1, 2, 3, 4, null, 'NaN']);
  const model = param('model', ['a', 'b', 'c', 'a', 'b', null], 'level');
  const [lrAxis, modelAxis] = [axisOf(lr, 'linear', 5), axisOf(model, 'linear', 5)];

  it('runs within every part are kept; what is missing is in none', () => {
    const brushes = { 'param:lr': { from: 2, to: 4 }, 'param:model': { levels: ['a', 'b'] } };
    expect(keptRuns(6, [lr, model], brushes)).toEqual([false, true, false, true, false, false]);
    expect(keptRuns(6, [lr], { 'param:gone': { from: 0, to: 1 } })).toEqual(new Array(6).fill(true));
  });

  it('a part is what lies between two places, in either order; nothing and all are no part', () => {
    const part = brushBetween(lrAxis, 0.7, 0.3);
    expect(part).toEqual({ from: expect.closeTo(1.852), to: expect.closeTo(3.148) });
    expect(brushPlaces(lrAxis, part ?? undefined)).toEqual([expect.closeTo(0.3), expect.closeTo(0.7)]);
    expect(brushBetween(lrAxis, 0.5, 0.504)).toBeNull();
    expect(brushBetween(lrAxis, -1, 2)).toBeNull();
    expect(brushBetween(modelAxis, 0, 0.6)).toEqual({ levels: ['a', 'b'] });
    expect(brushPlaces(modelAxis, { levels: ['b'] })).toEqual([expect.closeTo(1 / 3), expect.closeTo(2 / 3)]);
    expect(brushText(lr, { from: 2, to: 4 })).toBe('lr 2 to 4');
    expect(brushText(model, { levels: ['a', 'b'] })).toBe('model a and b');
  });

  it('lines go through their places, a flipped axis the other way round, and what is missing below', () => {
    const auc = metric('auc', [0.1, 0.9, 0.5, null, 0.3, 0.7]);
    const plot = parallelPlot([lr, auc], ['param:lr'], 400);
    expect(plot.xs).toEqual([100, 300]);
    expect(plot.ys[0]?.[0]).toBeLessThan(plot.ys[0]?.[3] ?? 0);
    expect(plot.ys[0]?.slice(4)).toEqual([parallelSize.none, parallelSize.none]);
    expect(placeAtHeight(heightAt(0.2, true), true)).toBeCloseTo(0.2);
    const kept = [true, true, true, true, true, false];
    const lines = linesByColour(plot, { target: auc, kept });
    const count = (path: string): number => path.split('M').length - 1;
    expect([count(lines.out), count(lines.none)]).toEqual([1, 1]);
    expect(lines.ramp.map(({ path }) => count(path))).toEqual([1, 1, 0, 1, 0, 0, 1]);
    expect(nearestLine(plot, { x: 100, y: plot.ys[0]?.[1] ?? 0, kept })).toBe(1);
    expect(nearestLine(plot, { x: 100, y: -100, kept })).toBeNull();
  });
});

describe('keys', () => {
  it('go mark by mark and stop at the ends', () => {
    expect([keyedPlace('ArrowDown', null, 5), keyedPlace('ArrowUp', null, 5)]).toEqual([0, 0]);
    expect([keyedPlace('ArrowRight', 4, 5), keyedPlace('ArrowLeft', 0, 5)]).toEqual([4, 0]);
    expect([keyedPlace('Home', 3, 5), keyedPlace('End', 3, 5), keyedPlace('PageDown', 3, 40)]).toEqual([0, 4, 7]);
    expect([keyedPlace('Escape', 3, 5), keyedPlace('x', 3, 5), keyedPlace('End', 0, 0)]).toEqual([
      null,
      undefined,
      undefined,
    ]);
  });
});

describe('sides', () => {
  const side = (name: string, ...at: number[]) => ({
    name,
    runs: at.map((place) => ({ runId: `r${place}`, name: `run ${place}` })),
    repeats: [],
  });
  const comparison = {
    baseline: side('base', 0, 1, 2),
    candidates: [{ candidate: side('low', 3) }, { candidate: side('none', 5) }, { candidate: side('two', 4, 6) }],
  } as unknown as Comparison;
  const view = (target: RelationColumn) => ({
    values: valuesOf([target]),
    target,
    importance: undefined,
    comparison,
    marks: [],
    state: firstRelations,
    change: () => undefined,
    open: () => undefined,
  });

  it('the baseline comes first, the others from the best; repeats are mean and standard deviation', () => {
    const numbers = [0.8, 0.9, 1, 0.5, 0.6, 'NaN', 0.8];
    const sides = sideValues(view(metric('auc', numbers)));
    expect(sides.map(({ name }) => name)).toEqual(['base', 'two', 'low', 'none']);
    expect(sides[0]).toMatchObject({ mean: expect.closeTo(0.9), sd: expect.closeTo(0.1), count: 3, isBest: true });
    expect(sides[1]?.sd).toBeCloseTo(Math.SQRT2 / 10);
    expect(sides[2]).toMatchObject({ mean: 0.5, sd: null, count: 1 });
    expect(sides[3]).toMatchObject({ mean: null, count: 0 });
    const down = sideValues(view(metric('loss', numbers, 'down')));
    expect(down.map(({ name }) => name)).toEqual(['base', 'low', 'two', 'none']);
    expect(down.find(({ isBest }) => isBest)?.name).toBe('low');
  });

  it('runs from the best, those without a number last; what is missing is told', () => {
    const auc = metric('auc', [0.8, null, 0.9, 'NaN']);
    expect(fromBest(auc, 4)).toEqual([2, 0, 1, 3]);
    expect(missingText([auc], valuesOf([auc]).runs)).toBe('1 run without auc, 1 with NaN in auc');
    const values = valuesOf([param('lr', [1, 2, 3, 4]), metric('loss', [1, 2, 3, 4], 'down'), auc]);
    expect(targetOf(values, null, ['absent', 'auc'])?.name).toBe('auc');
    expect(targetOf(values, 'metric:loss', ['auc'])?.name).toBe('loss');
    expect(targetOf(values, 'metric:gone', [])?.name).toBe('loss');
  });
});

describe('importance', () => {
  const rising = Array.from({ length: 12 }, (_, at) => at);
  const auc = metric(
    'auc',
    rising.map((at) => at / 12),
  );

  it('a planted param is told with its twin; levels of their own, constant and missing ones are said to tell nothing', () => {
    const columns = [
      param(
        'lr',
        rising.map((at) => at ** 3),
      ),
      param(
        'warmup',
        rising.map((at) => 100 - at),
      ),
      param('noise', [4, 1, 3, 3, 0, 4, 1, 2, 4, 0, 3, 2]),
      param(
        'id',
        rising.map((at) => `x${at}`),
        'level',
      ),
      param(
        'rare',
        rising.map((at) => (at < 5 ? at : null)),
      ),
      auc,
    ];
    const answer = importanceOf(valuesOf(columns, 2), auc, true);
    const by = new Map(answer.params.map((each) => [each.name, each]));
    expect(by.get('lr')).toMatchObject({ rho: 1, share: 1, n: 12, twins: ['warmup'] });
    expect(by.get('warmup')?.rho).toBe(-1);
    expect(by.get('noise')?.p).toBeGreaterThan(0.5);
    expect(by.get('id')?.why).toBe('nearly every run has a value of its own');
    expect(by.get('rare')).toMatchObject({ p: null, missing: 7, why: '5 runs: too few to tell' });
    expect(answer.forest).toBeNull();
    expect(answerText(answer, 'auc')).toBe('auc goes with lr and warmup beyond chance over 12 runs');
    const notes = notesOf(answer, { constant: 2, target: 'auc' });
    expect(notes).toEqual([
      'What goes together over these runs need not be a cause.',
      'lr and warmup were changed together: their parts cannot be told apart.',
      'A forest takes 20 runs; these are 12.',
      '2 params did not differ.',
    ]);
    const [first] = answer.params;
    expect(first === undefined ? '' : relationText(first)).toBe('ρ +1, p < .001');
  });

  it('too few runs, a metric that is always the same, and params that are, are said to be that', () => {
    const few = [param('lr', [1, 2, 3, 4]), metric('auc', [1, 2, 3, 4])];
    const why = (columns: RelationColumn[]): string | null =>
      importanceOf(valuesOf(columns), columns.at(-1) ?? auc, false).why;
    expect(why(few)).toBe('4 runs: too few to tell. It takes 8 that have auc.');
    expect(
      why([
        param('lr', rising),
        metric(
          'auc',
          rising.map(() => 1),
        ),
      ]),
    ).toBe('auc is the same in every run.');
    expect(
      why([
        param(
          'lr',
          rising.map(() => 1),
        ),
        auc,
      ]),
    ).toBe('No param differs between these runs.');
    expect(
      why([
        metric(
          'auc',
          rising.map(() => 'NaN'),
        ),
      ]),
    ).toBe('No run has a number in auc.');
  });
});

it('a table goes into CSV with all its digits, whatever names hold', () => {
  const rows = [{ key: '1', cells: ['a "b", c', 0.1 + 0.2, null], texts: [] }];
  expect(tableCsv({ head: ['run', 'x,y', 'z'], rows })).toBe('run,"x,y",z\n"a ""b"", c",0.30000000000000004,\n');
});
