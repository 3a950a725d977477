// The values of an answer that is no class: each by its name, those of another model or output beside them.
import type { Prediction } from '../../../../src/protocol/inference/prediction';
import type { TensorItem } from '../../../../src/protocol/inference/tensor';
import { BesideHeads, signed } from './bars';
import { itemText, type NamedTensor, rowTensors } from './reading';

const mostShown = 24;
/** Of more than these the greatest are shown. */
const greatestShown = 8;

interface AnsweredValuesProps {
  prediction: Prediction;
  /** What it stands against; null where nothing does. */
  other: Prediction | null;
}

/** Nothing for a single value, which the sentence says. */
export function AnsweredValues({ prediction, other }: AnsweredValuesProps) {
  const own = namedItems(rowTensors(prediction, 0));
  const theirs = other === null ? [] : namedItems(rowTensors(other, 0));
  if (own.length < 2) return null;
  const isPaired = theirs.length === own.length;
  const paired = own.map((each, at) => ({ ...each, against: isPaired ? theirs[at]?.item : undefined }));
  const shown = own.length <= mostShown ? paired : greatest(paired);
  return (
    <>
      <table className="figures answered-values" aria-label="Values">
        {isPaired && <BesideHeads before={['value-name']} />}
        <tbody>
          {shown.map(({ name, item, against }) => (
            <tr key={name}>
              <th scope="row" className="cut" title={name}>
                {name}
              </th>
              <td className="number">{itemText(item)}</td>
              {isPaired && <Beside own={item} theirs={against} />}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < own.length && <p className="note">{summaryText(own, shown)}</p>}
    </>
  );
}

function Beside({ own, theirs }: { own: TensorItem; theirs: TensorItem | undefined }) {
  if (theirs === undefined) return null;
  const isNumber = typeof own === 'number' && typeof theirs === 'number';
  return (
    <>
      <td className="number quiet">{itemText(theirs)}</td>
      <td className="number quiet">{isNumber ? signed(own - theirs) : own === theirs ? '' : 'differs'}</td>
    </>
  );
}

interface NamedItem {
  name: string;
  item: TensorItem;
}

function namedItems(tensors: readonly NamedTensor[]): NamedItem[] {
  return tensors.flatMap(({ name, tensor }) =>
    tensor.data.map((item, at) => ({ name: tensor.data.length === 1 ? name : `${name}[${at}]`, item })),
  );
}

/** The greatest numbers, the first of equals first; of texts the first. */
function greatest<T extends NamedItem>(items: readonly T[]): T[] {
  const sizeOf = ({ item }: T): number => (typeof item === 'number' ? item : Number.NEGATIVE_INFINITY);
  return [...items].sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(b) - sizeOf(a))).slice(0, greatestShown);
}

function summaryText(all: readonly NamedItem[], shown: readonly NamedItem[]): string {
  const numbers = all.flatMap(({ item }) => (typeof item === 'number' ? [item] : []));
  const which = numbers.length === 0 ? 'first' : 'greatest';
  const least = numbers.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
  const from = numbers.length === 0 ? '' : ` The least is ${itemText(least)}.`;
  return `The ${shown.length} ${which} of ${all.length.toLocaleString('en-US')} values; all are in the raw tensors.${from}`;
}
