// The frame of every part of a panel: a heading asks, the words beside it answer, acts stand at the right.
import type { ReactNode } from 'react';
import { Icon } from './icon';
import { useKeptChoice } from './kept/kept-choice';

/** One part of a panel. */
export function Section(props: { title: string; answer?: ReactNode; acts?: ReactNode; children?: ReactNode }) {
  return (
    <section className="section" aria-label={props.title}>
      <div className="section-head">
        <h2>{props.title}</h2>
        {props.answer !== undefined && <span className="answer cut">{props.answer}</span>}
        {props.acts !== undefined && <span className="acts">{props.acts}</span>}
      </div>
      {props.children}
    </section>
  );
}

/** What is not shown until asked for. `name` is that under which the panel keeps whether it was. */
export function Fold({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  const [isOpen, setOpen] = useKeptChoice(`fold:${name}`);
  return (
    <>
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'down' : 'right'} />
        <span>{label}</span>
      </button>
      {isOpen && children}
    </>
  );
}
