// How far work is: nothing for 200 ms, then what is being done, how far, and the means to stop it.
import { Button } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useLater } from '../../kit/now';
import type { Measuring } from './measuring';

/** Nothing while nothing goes on and nothing went wrong. */
export function WorkState({ measuring, doing }: { measuring: Measuring; doing: string }) {
  const { state, error, start } = measuring;
  if (state === 'works') return <Going measuring={measuring} doing={doing} />;
  if (state === 'cancelled') {
    return (
      <div className="work">
        <Icon name="killed" tone="quiet" />
        <span>{doing} was cancelled. Nothing was changed.</span>
        <Button label="Start Again" onAct={() => start(false)} />
      </div>
    );
  }
  if (state !== 'failed' || error === undefined) return null;
  return (
    <div className="work" role="alert">
      <Icon name="failed" tone="worse" />
      <span>{error.message}</span>
      <Button label="Try Again" onAct={() => start(false)} />
    </div>
  );
}

function Going({ measuring: { work, cancel }, doing }: { measuring: Measuring; doing: string }) {
  if (!useLater(200)) return null;
  const { what = '', done = 0, total = 0 } = work?.progress ?? {};
  const isCounted = total > 0;
  return (
    <div className="work">
      <span role="status">
        <strong>{doing}</strong>{' '}
        <span className="quiet">
          {isCounted && `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`} {restOf(what, doing)}
        </span>
      </span>
      <progress aria-label={doing} {...(isCounted ? { value: done, max: total } : {})} />
      <Button label="Cancel" onAct={cancel} />
    </div>
  );
}

/** What is being done now, without the words that stand before it already. */
function restOf(what: string, doing: string): string {
  const [first = ''] = doing.split(' ');
  return what.toLowerCase().startsWith(first.toLowerCase()) ? what.slice(first.length).trim() : what;
}
