// Traces: requests through a program told as trees of spans, and what is said of them.
import type { SearchGrammar } from '../../workspace/search-grammar';
import { Assessments } from './assessments';
import type { TracesContext } from './context';
import { TraceQueries } from './queries';
import { SpanIntake } from './span-intake';
import { Traces } from './traces';

/** The actions on the traces of one workspace. */
export class TracesService {
  readonly traces: Traces;
  readonly spans: SpanIntake;
  readonly assessments: Assessments;
  readonly queries: TraceQueries;
  readonly now: () => number;

  constructor(context: TracesContext, grammar: SearchGrammar) {
    this.traces = new Traces(context);
    this.spans = new SpanIntake(context, this.traces);
    this.assessments = new Assessments(context, this.traces);
    this.queries = new TraceQueries(context.database, grammar);
    this.now = context.now;
  }
}
