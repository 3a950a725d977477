// That the model is being run, once that takes a moment.
import { useLater } from '../../kit/now';

/** What it is run for. */
export function Working({ what }: { what: string }) {
  return useLater(400) ? (
    <p className="note" role="status">
      {what}
    </p>
  ) : null;
}
