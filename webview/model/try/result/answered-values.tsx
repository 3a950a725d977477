// The values of an answer that is no class: each by its name, those of another model or output beside them.
import type { Prediction } from '../../../../src/protocol/inference/prediction';
import type { TensorItem } from '../../../../src/protocol/inference/tensor';
import { signed } from './bars';
import { itemText, type NamedTensor, rowTensors } from './reading';

const mostShown = 24;

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
  return (
    <>
      <table className="figures answered-values" aria-label="Values">
        <tbody>
          {own.slice(0, mostShown).map(({ name, item }, at) => (
            <tr key={name}>
              <th scope="row" className="cut" title={name}>
                {name}
              </th>
              <td className="number">{itemText(item)}</td>
              {isPaired && <Beside own={item} theirs={theirs[at]?.item} />}
            </tr>
          ))}
        </tbody>
      </table>
      {own.length > mostShown && <p className="note">{summaryText(own)}</p>}
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

/** Of many values: between which they lie, and which is the greatest. */
function summaryText(items: readonly NamedItem[]): string {
  const numbers = items.filter((each): each is { name: string; item: number } => typeof each.item === 'number');
  const [first, ...rest] = numbers;
  const more = `${(items.length - mostShown).toLocaleString('en-US')} more values`;
  if (first === undefined) return `${more} below, in the raw tensors.`;
  const [least, most] = rest.reduce(
    ([low, high], each) => [each.item < low.item ? each : low, each.item > high.item ? each : high],
    [first, first],
  );
  return `${more}, in the raw tensors below; least ${itemText(least.item)} (${least.name}), greatest ${itemText(most.item)} (${most.name}).`;
}
