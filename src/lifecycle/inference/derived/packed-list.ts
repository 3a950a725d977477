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

/** Items that are put together before they are put behind all before them: else each would be copied with every later one. */
const blockItems = 128;

type Namer = (what: string) => string;
type Kept = Omit<Declared, 'shape'>;

/**
 * Adds loops over the list `name`, whose tensors are of the type `element`: one over its blocks, and within it one over the
 * tensors of a block. `free` is a name that no value begins with.
 */
export function packedList(free: string, name: string, element: number): PackedList {
  const of: Namer = (what) => `${free}_${what}`;
  const kept = [
    { name: 'items', element },
    { name: 'sizes', element: int64 },
    { name: 'ranks', element: int64 },
  ];
  const inputs = [of('blocks'), '', ...kept.map((each) => of(`${each.name}_none`))];
  const outputs = kept.map((each) => ({ name: of(each.name), element: each.element, shape: [null] }));
  return {
    names: { items: of('items'), sizes: of('sizes'), ranks: of('ranks') },
    outputs,
    nodes: [
      nodeBytes({ operator: 'SequenceLength', inputs: [name], outputs: [of('length')] }),
      // -1: as many as there are.
      constant(of('any'), listAttribute(int64, { length: 1, bytes: longBytes(-1n) })),
      constant(of('most'), listAttribute(int64, { length: 1, bytes: longBytes(BigInt(blockItems)) })),
      constant(of('rest'), listAttribute(int64, { length: 1, bytes: longBytes(BigInt(blockItems - 1)) })),
      constant(of('one'), listAttribute(int64, { length: 1, bytes: longBytes(1n) })),
      node('Add', [of('length'), of('rest')], of('rounded')),
      node('Div', [of('rounded'), of('most')], of('blocks')),
      ...kept.map((each) => constant(of(`${each.name}_none`), listAttribute(each.element))),
      loop({ inputs, outputs: outputs.map((each) => each.name) }, blockBody(of, name, kept)),
    ],
  };
}

function node(operator: string, inputs: string[], output: string): Uint8Array {
  return nodeBytes({ operator, inputs, outputs: [output] });
}

function constant(output: string, value: Uint8Array): Uint8Array {
  return nodeBytes({ operator: 'Constant', inputs: [], outputs: [output] }, [value]);
}

function loop(names: { inputs: string[]; outputs: string[] }, body: Uint8Array): Uint8Array {
  return nodeBytes({ operator: 'Loop', ...names }, [body]);
}

function longBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigInt64(0, value, true);
  return new Uint8Array(bytes.buffer);
}

/** Nodes that put what is `added` behind what there was before. */
function longer(of: Namer, kept: readonly Kept[], { added, state }: { added: string; state: string }): Uint8Array[] {
  return kept.map(({ name }) => {
    const inputs = [of(`${name}_${state}before`), of(`${name}_${added}`)];
    return nodeBytes({ operator: 'Concat', inputs, outputs: [of(`${name}_${state}after`)] }, [
      numberAttribute('axis', 0),
    ]);
  });
}

/** The values of a loop's body: how many rounds there were, whether it goes on, and what it carries. */
function carried(of: Namer, kept: readonly Kept[], state: string) {
  const values = (when: string): Declared[] =>
    kept.map(({ name, element }) => ({ name: of(`${name}_${state}${when}`), element, shape: [null] }));
  const single = (name: string, element: number): Declared => ({ name: of(name), element, shape: [] });
  return {
    inputs: [single(`${state}at`, int64), single(`${state}going`, bool), ...values('before')],
    outputs: [single(`${state}going_on`, bool), ...values('after')],
  };
}

/** Gathers one block, from nothing, and puts it behind what there is. */
function blockBody(of: Namer, list: string, kept: readonly Kept[]): Uint8Array {
  const inputs = [of('most'), of('block_going'), ...kept.map(({ name }) => of(`${name}_none`))];
  const outputs = kept.map(({ name }) => of(`${name}_gathered`));
  return bodyAttribute(
    [
      node('Identity', [of('block_going')], of('block_going_on')),
      node('Mul', [of('block_at'), of('most')], of('block_start')),
      loop({ inputs, outputs }, itemBody(of, list, kept)),
      ...longer(of, kept, { added: 'gathered', state: 'block_' }),
    ],
    carried(of, kept, 'block_'),
  );
}

/** Puts what one tensor of the list adds behind what there is of its block, as long as another tensor follows. */
function itemBody(of: Namer, list: string, kept: readonly Kept[]): Uint8Array {
  return bodyAttribute(
    [
      node('Add', [of('block_start'), of('at')], of('place')),
      node('Add', [of('place'), of('one')], of('next')),
      node('Less', [of('next'), of('length')], of('is_more')),
      node('Squeeze', [of('is_more')], of('going_on')),
      node('Squeeze', [of('place')], of('place_alone')),
      node('SequenceAt', [list, of('place_alone')], of('tensor')),
      node('Reshape', [of('tensor'), of('any')], of('items_new')),
      node('Shape', [of('tensor')], of('sizes_new')),
      node('Shape', [of('sizes_new')], of('ranks_new')),
      ...longer(of, kept, { added: 'new', state: '' }),
    ],
    carried(of, kept, ''),
  );
}
