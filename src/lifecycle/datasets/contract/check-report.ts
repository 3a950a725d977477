// All checks of a table as one report.
import type {
  BatchAnomaly,
  CheckCounts,
  CheckReport,
  CheckResult,
  ReportVerdict,
} from '../../../protocol/datasets/contract/check';

/** What a report knows beside its checks. */
export type ReportFacts = Omit<CheckReport, 'verdict' | 'summary' | 'counts' | 'checks' | 'anomalies'>;

/**
 * The report without anomalies, which only versions of a dataset have. `forPeople` are the checks that are words and never
 * could be run.
 */
export function checkReport(
  checks: readonly CheckResult[],
  forPeople: ReadonlySet<string>,
  facts: ReportFacts,
): CheckReport {
  const counts = countsOf(checks);
  return {
    ...facts,
    verdict: reportVerdict(checks, forPeople),
    summary: summaryOf(counts),
    counts,
    checks: [...checks],
    anomalies: [],
  };
}

/** The report with what lies far from earlier versions. That stops nothing, and makes a pass a warning. */
export function withAnomalies(report: CheckReport, anomalies: BatchAnomaly[]): CheckReport {
  const news = anomalies.filter(({ isExpected }) => !isExpected).length;
  if (news === 0) return { ...report, anomalies };
  const words = news === 1 ? '1 number is far from earlier versions' : `${news} numbers are far from earlier versions`;
  const verdict = report.verdict === 'pass' ? 'warning' : report.verdict;
  return { ...report, anomalies, verdict, summary: `${report.summary}; ${words}` };
}

/** The same report after somebody said that one of its numbers was expected, or no longer. */
export function withExpectation(
  report: CheckReport,
  { measure, column, expected }: Pick<BatchAnomaly, 'measure' | 'column'> & { expected: boolean },
): CheckReport {
  const { counts, checks, verdict } = report;
  const hadNews = report.anomalies.some(({ isExpected }) => !isExpected);
  const isClean = checks.every((check) => check.verdict === 'pass' || check.severity === 'info');
  // Without its anomalies it passes, where nothing but they made it a warning.
  const plain = { ...report, summary: summaryOf(counts), verdict: hadNews && isClean ? 'pass' : verdict };
  const anomalies = report.anomalies.map((each) =>
    each.measure === measure && each.column === column ? { ...each, isExpected: expected } : each,
  );
  return withAnomalies(plain, anomalies);
}

function countsOf(checks: readonly CheckResult[]): CheckCounts {
  const count = (verdict: CheckResult['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  return {
    pass: count('pass'),
    warning: count('warning'),
    fail: count('fail'),
    notChecked: count('not checked'),
    error: count('error'),
  };
}

/**
 * A check that could not be run outweighs all others: nobody knows what it would have said. One that could not be told is
 * no pass either. A check of severity info changes nothing.
 */
function reportVerdict(checks: readonly CheckResult[], forPeople: ReadonlySet<string>): ReportVerdict {
  const verdicts = new Set(
    checks.filter(({ id, severity }) => severity !== 'info' && !forPeople.has(id)).map(({ verdict }) => verdict),
  );
  if (checks.some(({ verdict }) => verdict === 'error')) return 'error';
  if (verdicts.has('fail')) return 'fail';
  return verdicts.has('warning') || verdicts.has('not checked') ? 'warning' : 'pass';
}

/** `2 of 30 checks fail; 1 warning; 1 not checked`. */
function summaryOf({ pass, warning, fail, notChecked, error }: CheckCounts): string {
  const all = pass + warning + fail + notChecked + error;
  if (all === 0) return 'The contract has no check';
  const checks = all === 1 ? 'check' : 'checks';
  const first =
    fail > 0
      ? `${fail} of ${all} ${checks} ${fail === 1 ? 'fails' : 'fail'}`
      : pass === all
        ? `${all === 1 ? 'The 1 check passes' : `All ${all} checks pass`}`
        : `${pass} of ${all} ${checks} ${pass === 1 ? 'passes' : 'pass'}`;
  const rest = [
    ...(error > 0 ? [`${error} cannot be run`] : []),
    ...(warning > 0 ? [`${warning} ${warning === 1 ? 'warning' : 'warnings'}`] : []),
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
  ];
  return [first, ...rest].join('; ');
}
