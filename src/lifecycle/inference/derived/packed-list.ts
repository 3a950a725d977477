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

const { int64, bool } = dataTypes;

/** Adds a loop over the list `name`, whose tensors are of the type `element`. `free` is a name that no value begins with. */
export function packedList(free: string, name: string, element: number): PackedList {
  const of = (what: string): string => `${free}_${what}`;
  const kept = [
    { name: 'items', element },
    { name: 'sizes', element: int64 },
    { name: 'ranks', element: int64 },
  ];
  const constant = (output: string, value: Uint8Array): Uint8Array =>
    nodeBytes({ operator: 'Constant', inputs: [], outputs: [output] }, [value]);
  const inputs = [of('length'), '', ...kept.map((each) => of(`${each.name}_none`))];
  const outputs = kept.map((each) => ({ name: of(each.name), element: each.element, shape: [null] }));
  return {
    names: { items: of('items'), sizes: of('sizes'), ranks: of('ranks') },
    outputs,
    nodes: [
      nodeBytes({ operator: 'SequenceLength', inputs: [name], outputs: [of('length')] }),
      // -1: as many as there are.
      constant(of('any'), listAttribute(int64, { length: 1, bytes: new Uint8Array(8).fill(255) })),
      ...kept.map((each) => constant(of(`${each.name}_none`), listAttribute(each.element))),
      nodeBytes({ operator: 'Loop', inputs, outputs: outputs.map((each) => each.name) }, [loopBody(of, name, kept)]),
    ],
  };
}

/** Puts what one tensor of the list adds behind what there is. */
function loopBody(of: (what: string) => string, list: string, kept: readonly Omit<Declared, 'shape'>[]): Uint8Array {
  const node = (operator: string, inputs: string[], output: string): Uint8Array =>
    nodeBytes({ operator, inputs, outputs: [output] });
  const longer = kept.map(({ name }) => {
    const inputs = [of(`${name}_before`), of(`${name}_new`)];
    return nodeBytes({ operator: 'Concat', inputs, outputs: [of(`${name}_after`)] }, [numberAttribute('axis', 0)]);
  });
  const carried = (state: string): Declared[] =>
    kept.map(({ name, element }) => ({ name: of(`${name}_${state}`), element, shape: [null] }));
  const single = (name: string, element: number): Declared => ({ name: of(name), element, shape: [] });
  return bodyAttribute(
    [
      node('Identity', [of('going')], of('going_on')),
      node('SequenceAt', [list, of('at')], of('tensor')),
      node('Reshape', [of('tensor'), of('any')], of('items_new')),
      node('Shape', [of('tensor')], of('sizes_new')),
      node('Shape', [of('sizes_new')], of('ranks_new')),
      ...longer,
    ],
    {
      inputs: [single('at', int64), single('going', bool), ...carried('before')],
      outputs: [single('going_on', bool), ...carried('after')],
    },
  );
}
