// A list of tensors as tensors, which is what onnxruntime hands over here: all their items one after the other, and the shape of each.
import { bodyAttribute, type Declared, dataTypes, listAttribute, nodeBytes, numberAttribute } from './model-edits';

/** The session's names: the items of all, their sizes one after the other, and how many sizes each has. */
export interface ListNames {
  items: string;
  sizes: string;
  ranks: string;
}

interface PackedList {
  names: ListNames;
  outputs: Declared[];
  nodes: Uint8Array[];
}

/** Adds a loop over the list `name`, whose tensors are of the type `element`. `free` is a name that no value begins with. */
export function packedList(free: string, name: string, element: number): PackedList {
  const of = (what: string): string => `${free}_${what}`;
  const { int64, bool } = dataTypes;
  const kept = [
    { name: 'items', element },
    { name: 'sizes', element: int64 },
    { name: 'ranks', element: int64 },
  ];
  const constant = (output: string, value: Uint8Array): Uint8Array =>
    nodeBytes({ operator: 'Constant', inputs: [], outputs: [output] }, [value]);
  const node = (operator: string, inputs: string[], output: string): Uint8Array =>
    nodeBytes({ operator, inputs, outputs: [output] });
  const body = [
    node('Identity', [of('going')], of('going_on')),
    node('SequenceAt', [name, of('at')], of('tensor')),
    node('Reshape', [of('tensor'), of('any')], of('items_new')),
    node('Shape', [of('tensor')], of('sizes_new')),
    node('Shape', [of('sizes_new')], of('ranks_new')),
    ...kept.map((each) =>
      nodeBytes(
        {
          operator: 'Concat',
          inputs: [of(`${each.name}_before`), of(`${each.name}_new`)],
          outputs: [of(`${each.name}_after`)],
        },
        [numberAttribute('axis', 0)],
      ),
    ),
  ];
  const carried = (state: string): Declared[] =>
    kept.map((each) => ({ name: of(`${each.name}_${state}`), element: each.element, shape: [null] }));
  const attribute = bodyAttribute(body, {
    inputs: [
      { name: of('at'), element: int64, shape: [] },
      { name: of('going'), element: bool, shape: [] },
      ...carried('before'),
    ],
    outputs: [{ name: of('going_on'), element: bool, shape: [] }, ...carried('after')],
  });
  const names = { items: of('items'), sizes: of('sizes'), ranks: of('ranks') };
  return {
    names,
    outputs: kept.map((each) => ({ name: of(each.name), element: each.element, shape: [null] })),
    nodes: [
      node('SequenceLength', [name], of('length')),
      // -1: as many as there are.
      constant(of('any'), listAttribute(int64, { length: 1, bytes: new Uint8Array(8).fill(255) })),
      ...kept.map((each) => constant(of(`${each.name}_none`), listAttribute(each.element))),
      nodeBytes(
        {
          operator: 'Loop',
          inputs: [of('length'), '', ...kept.map((each) => of(`${each.name}_none`))],
          outputs: kept.map((each) => of(each.name)),
        },
        [attribute],
      ),
    ],
  };
}
