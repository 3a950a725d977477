// What each opcode of a pickle does to the stack. Source: pickletools of CPython 3.14.
import type { PickleBytes } from './pickle-bytes';
import type { PickleMachine } from './pickle-machine';
import { markValue, mostItems, otherValue, type PickleValue } from './pickle-value';

type Step = (machine: PickleMachine, bytes: PickleBytes) => void;

/** By the opcode's byte. */
export const pickleSteps: (Step | undefined)[] = [];
const onByte = (code: string | number, step: Step): void => {
  pickleSteps[typeof code === 'number' ? code : code.charCodeAt(0)] = step;
};
const pushes = (code: string | number, value: (bytes: PickleBytes) => PickleValue): void =>
  onByte(code, (machine, bytes) => machine.push(value(bytes)));
const skipped = (bytes: PickleBytes, length: number): PickleValue => {
  bytes.skip(length);
  return otherValue;
};
const lineOf = (bytes: PickleBytes): PickleValue => {
  bytes.line();
  return otherValue;
};
const textOf = (text: string): PickleValue => ({ kind: 'text', text });
const tupleOf = (items: PickleValue[]): PickleValue => ({ kind: 'tuple', items: items.slice(0, mostItems) });
const dropped = (machine: PickleMachine, count: number): void => {
  for (let index = 0; index < count; index += 1) machine.pop();
};

onByte('(', (machine) => machine.push(markValue));
onByte('.', (machine) => machine.stop());
onByte('0', (machine) => dropped(machine, 1));
onByte('1', (machine) => void machine.popToMark());
onByte('2', (machine) => machine.push(machine.top()));
pushes('F', (bytes) => lineOf(bytes));
pushes('I', (bytes) => ({ kind: 'number', value: Number.parseInt(bytes.line(), 10) || 0 }));
pushes('L', (bytes) => ({ kind: 'number', value: Number.parseInt(bytes.line(), 10) || 0 }));
pushes('J', (bytes) => ({ kind: 'number', value: bytes.number(4) | 0 }));
pushes('K', (bytes) => ({ kind: 'number', value: bytes.number(1) }));
pushes('M', (bytes) => ({ kind: 'number', value: bytes.number(2) }));
pushes(0x8a, (bytes) => {
  const length = bytes.number(1);
  return length > 8 ? skipped(bytes, length) : { kind: 'number', value: bytes.number(length) };
});
pushes(0x8b, (bytes) => skipped(bytes, bytes.number(4)));
for (const code of ['N', 0x88, 0x89, 0x8f, ']', 0x97]) pushes(code, () => otherValue);
pushes('G', (bytes) => skipped(bytes, 8));
pushes('S', (bytes) => textOf(bytes.line().slice(1, -1)));
pushes('V', (bytes) => textOf(bytes.line()));
pushes('T', (bytes) => textOf(bytes.text(bytes.number(4))));
pushes('U', (bytes) => textOf(bytes.text(bytes.number(1))));
pushes('X', (bytes) => textOf(bytes.text(bytes.number(4))));
pushes(0x8c, (bytes) => textOf(bytes.text(bytes.number(1))));
pushes(0x8d, (bytes) => textOf(bytes.text(bytes.number(8))));
pushes('B', (bytes) => skipped(bytes, bytes.number(4)));
pushes('C', (bytes) => skipped(bytes, bytes.number(1)));
pushes(0x8e, (bytes) => skipped(bytes, bytes.number(8)));
pushes(0x96, (bytes) => skipped(bytes, bytes.number(8)));
pushes('P', (bytes) => lineOf(bytes));
onByte('Q', (machine) => {
  machine.pop();
  machine.push(otherValue);
});
pushes(')', () => tupleOf([]));
pushes('}', () => ({ kind: 'dict', entries: new Map() }));
onByte('t', (machine) => machine.push(tupleOf(machine.popToMark())));
for (const [at, code] of [0x85, 0x86, 0x87].entries())
  onByte(code, (machine) => machine.push(tupleOf(Array.from({ length: at + 1 }, () => machine.pop()).reverse())));
onByte('l', (machine) => {
  machine.popToMark();
  machine.push(otherValue);
});
onByte('d', (machine) => {
  const items = machine.popToMark();
  machine.push({ kind: 'dict', entries: new Map() });
  machine.entries(items);
});
onByte(0x91, (machine) => {
  machine.popToMark();
  machine.push(otherValue);
});
onByte('a', (machine) => dropped(machine, 1));
onByte('e', (machine) => void machine.popToMark());
onByte(0x90, (machine) => void machine.popToMark());
onByte('s', (machine) => {
  const value = machine.pop();
  machine.entries([machine.pop(), value]);
});
onByte('u', (machine) => machine.entries(machine.popToMark()));
onByte('c', (machine, bytes) => {
  const module = bytes.line();
  machine.global(`${module}.${bytes.line()}`);
});
onByte(0x93, (machine) => {
  const [name, module] = [machine.pop(), machine.pop()];
  const text = (value: PickleValue): string => (value.kind === 'text' ? value.text : '?');
  machine.global(`${text(module)}.${text(name)}`);
});
onByte('i', (machine, bytes) => {
  const module = bytes.line();
  machine.popToMark();
  machine.global(`${module}.${bytes.line()}`);
});
onByte('o', (machine) => {
  const [callable = otherValue] = machine.popToMark();
  machine.push(callable.kind === 'global' ? { kind: 'object', made: callable.name, from: [] } : otherValue);
});
for (const [code, size] of [
  [0x82, 1],
  [0x83, 2],
  [0x84, 4],
] as const)
  onByte(code, (machine, bytes) => machine.global(`copyreg.extension ${bytes.number(size)}`));
onByte('R', (machine) => machine.call(1));
onByte(0x81, (machine) => machine.call(1));
onByte(0x92, (machine) => machine.call(2));
onByte('b', (machine) => machine.build());
onByte('p', (machine, bytes) => machine.put(Number(bytes.line())));
onByte('q', (machine, bytes) => machine.put(bytes.number(1)));
onByte('r', (machine, bytes) => machine.put(bytes.number(4)));
onByte(0x94, (machine) => machine.memoize());
onByte('g', (machine, bytes) => machine.get(Number(bytes.line())));
onByte('h', (machine, bytes) => machine.get(bytes.number(1)));
onByte('j', (machine, bytes) => machine.get(bytes.number(4)));
onByte(0x80, (machine, bytes) => {
  machine.protocol = bytes.number(1);
});
onByte(0x95, (_, bytes) => void bytes.number(8));
onByte(0x98, () => undefined);
