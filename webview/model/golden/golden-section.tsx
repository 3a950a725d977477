// The golden cases of a model on its page: failing first, run all at once, and what was just predicted kept as another.
import { useState } from 'react';
import type { GoldenCases } from '../../../src/protocol/inference/golden/golden-case';
import type { GoldenAsk, GoldenAsks } from '../../../src/protocol/inference/golden/golden-panel';
import {
  failingFirst,
  type GoldenReport,
  type GoldenResult,
} from '../../../src/protocol/inference/golden/golden-result';
import { countText } from '../../../src/protocol/wording';
import { Button, Link } from '../../kit/controls';
import type { Host } from '../../kit/host/host';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';

function askGolden<Q extends GoldenAsk>(
  host: Host,
  name: Q,
  input: GoldenAsks[Q]['input'],
  signal?: AbortSignal,
): Promise<GoldenAsks[Q]['answer']> {
  // A model's host answers these in place of the questions of an engine.
  return host.query(name as never, input as never, signal) as Promise<GoldenAsks[Q]['answer']>;
}

interface GoldenSectionProps {
  name: string;
  /** What was predicted last; null where nothing was. */
  text: string | null;
  /** Rows that were predicted together; they make one case. Null where none were. */
  rows: { text: string; count: number } | null;
}

/** Below what the model predicts. */
export function GoldenSection({ name, text, rows }: GoldenSectionProps) {
  const { cases, problems, report, trouble, run, keep } = useGolden(name);
  if (cases.length === 0 && problems.length === 0 && text === null && rows === null) return null;
  const acts = (
    <>
      {cases.length > 0 && <Button label="Run All" onAct={run} />}
      {text !== null && <Button label="Keep as Golden Case…" onAct={() => keep(text)} />}
    </>
  );
  const mistakes = problems.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);
  return (
    <Section title="Golden cases" answer={headText(cases.length, report)} acts={acts}>
      {cases.length === 0 && (
        <p className="note">Keep what the model answers now, and later versions are held against it.</p>
      )}
      <Troubles sentences={trouble === '' ? mistakes : [...mistakes, trouble]} />
      {report !== null && <Results results={failingFirst(report.results)} />}
      {rows !== null && (
        <p className="note">
          <Link
            label={`Keep All ${rows.count.toLocaleString('en-US')} Rows as One Case…`}
            onAct={() => keep(rows.text)}
          />
        </p>
      )}
    </Section>
  );
}

interface Golden extends GoldenCases {
  report: GoldenReport | null;
  /** What went wrong; empty where nothing did. */
  trouble: string;
  run: () => void;
  keep: (text: string) => void;
}

function useGolden(name: string): Golden {
  const host = useHost();
  const [round, setRound] = useState(0);
  const [report, setReport] = useState<GoldenReport | null>(null);
  const [trouble, setTrouble] = useState('');
  const found = useLive<GoldenCases>({
    key: `${name} ${round}`,
    rest: 300,
    load: (from, signal) => askGolden(from, 'goldenCases', {}, signal),
  });
  const attempt = (work: Promise<void>): void => {
    setTrouble('');
    work.catch((error: Error) => setTrouble(error.message));
  };
  const run = async (): Promise<void> => setReport(await askGolden(host, 'runGolden', {}));
  const keep = async (given: string): Promise<void> => {
    const kept = await askGolden(host, 'keepGolden', { given: { kind: 'text', text: given, format: null } });
    if (kept === null) return;
    setRound((old) => old + 1);
    await run();
  };
  const { cases, problems } = found.value ?? { cases: [], problems: [] };
  return { cases, problems, report, trouble, run: () => attempt(run()), keep: (text) => attempt(keep(text)) };
}

function Troubles({ sentences }: { sentences: readonly string[] }) {
  return sentences.map((each) => (
    <p key={each} className="note worse" role="alert">
      {each}
    </p>
  ));
}

function headText(count: number, report: GoldenReport | null): string {
  if (count === 0) return '';
  if (report === null) return `${countText(count, 'case')} beside the model.`;
  const passed = report.results.filter(({ verdict }) => verdict === 'pass').length;
  return `${passed} of ${countText(report.results.length, 'case')} as expected.`;
}

function Results({ results }: { results: readonly GoldenResult[] }) {
  const host = useHost();
  return (
    <ul className="golden-cases">
      {results.map(({ name, verdict, message }) => (
        <li key={name}>
          <Icon name={verdict === 'pass' ? 'finished' : 'failed'} tone={verdict === 'pass' ? 'quiet' : 'worse'} />
          <Link label={name} onAct={() => void askGolden(host, 'showGolden', { name })} />
          <span className={verdict === 'pass' ? 'quiet' : ''}>{verdict === 'pass' ? 'as expected' : message}</span>
        </li>
      ))}
    </ul>
  );
}
