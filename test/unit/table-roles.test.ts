// What the columns of a table are for a model, as the page of a model suggests it.
import { describe, expect, it } from 'vitest';
import type { FormInput } from '../../src/protocol/inference/form/model-form';
import { type RoleFacts, suggestedRoles } from '../../src/protocol/inference/table/suggested-roles';
import { takenColumns, takingModel } from '../../src/protocol/inference/table/taken-columns';

const single = (names: string[]): FormInput => ({
  ...{ kind: 'fields', name: 'X', element: 'float32', shape: [1, names.length] },
  fields: names.map((label) => ({ key: label, label, choices: [] })),
});
const form = (inputs: FormInput[]): RoleFacts['form'] => ({ inputs }) as RoleFacts['form'];
const unnamed = form([single(['X[0]', 'X[1]'])]);
const columns = (...names: string[]): RoleFacts['columns'] =>
  names.map((name) => ({ name, distinct: name.startsWith('few') ? 3 : 1000, isNumber: !name.endsWith('text') }));
const facts = { told: [], label: undefined, key: undefined };

describe('the roles of columns', () => {
  it('slipway.yaml decides; else a column that is called as an output, a class or what is usual', () => {
    const all = columns('a', 'b', 'delayed', 'y');
    expect(suggestedRoles({ ...facts, columns: all, form: unnamed, label: 'delayed' })).toMatchObject({
      label: 'delayed',
    });
    expect(suggestedRoles({ ...facts, columns: all, form: unnamed, told: ['Delayed'] }).label).toBe('delayed');
    expect(suggestedRoles({ ...facts, columns: all, form: unnamed }).label).toBe('y');
    expect(suggestedRoles({ ...facts, columns: columns('y', 'b'), form: unnamed }).label).toBeNull();
    // A column that holds the model's classes and nothing else, whatever it is called.
    const valued = (values: string[]) => columns('a', 'b', 'found').map((each) => ({ ...each, values }));
    const classes = { ...facts, form: unnamed, classes: ['cat', 'dog', 'owl'] };
    expect(suggestedRoles({ ...classes, columns: valued(['cat', 'dog']) }).label).toBe('found');
    for (const values of [['cat'], ['cat', 'fox'], []])
      expect(suggestedRoles({ ...classes, columns: valued(values) }).label).toBeNull();
  });

  it('of inputs without names what comes after them is kept, and an id before them names the rows', () => {
    const all = columns('id', 'a', 'b', 'few-text', 'target');
    expect(suggestedRoles({ ...facts, columns: all, form: unnamed })).toEqual({
      ...{ id: 'id', label: 'target', slices: ['few-text'] },
    });
  });

  it('of inputs with names every column of few values is kept, whether it goes in or not', () => {
    const named = form(
      [single(['few-a']), single(['b'])].map((input, at) => ({ ...input, name: ['few-a', 'b'][at] ?? '' })),
    );
    const all = columns('few-a', 'b', 'few-text', 'many-text', 'score');
    expect(suggestedRoles({ ...facts, columns: all, form: named })).toEqual({
      ...{ id: null, label: null, slices: ['few-a', 'few-text'] },
    });
  });
});

describe('the columns that a model takes', () => {
  const model = takingModel(unnamed);
  const roles = { id: null, label: 'y', slices: [] as string[] };

  it('are those without a role, and kept ones too where it needs them all', () => {
    expect(takenColumns(['a', 'b', 'y'], roles, model)).toEqual({ columns: ['a', 'b'], by: 'order', wanted: null });
    expect(takenColumns(['a', 'b', 'y'], { ...roles, slices: ['a'] }, model).columns).toEqual(['a', 'b']);
    expect(takenColumns(['a', 'b', 'c', 'y'], { ...roles, slices: ['c'] }, model).columns).toEqual(['a', 'b']);
  });

  it('are told with how many there have to be, where they are not as many', () => {
    expect(takenColumns(['a', 'b', 'c', 'y'], roles, model)).toMatchObject({ columns: ['a', 'b', 'c'], wanted: 2 });
    const two = { inputs: ['a', 'z'], features: [], width: null };
    expect(takenColumns(['a', 'b'], roles, two)).toEqual({ columns: ['a'], by: 'name', wanted: 2 });
  });
});
