// A contract's checks as SARIF 2.1.0: what fails, at its line of the contract.
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { slipwayVersion } from '../base/version';
import type { CheckReport, CheckResult } from '../protocol/datasets/contract/check';

const levels: Readonly<Record<CheckResult['severity'], string>> = { info: 'note', warning: 'warning', error: 'error' };

/** The whole log, as JSON. */
export function checkSarif(report: CheckReport): string {
  const told = report.checks.filter(({ verdict }) => verdict !== 'pass');
  const log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'Slipway',
            version: slipwayVersion,
            rules: report.checks.map(({ id, title, columns, severity }) => ({
              id,
              shortDescription: { text: columns.length === 0 ? title : `${title} of ${columns.join(', ')}` },
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: told.map((check) => resultOf(check, report)),
        properties: { verdict: report.verdict, summary: report.summary, rows: report.rows },
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function resultOf(check: CheckResult, report: CheckReport): object {
  const { id, verdict, severity, place, title, columns, expected, found, badRows, note } = check;
  const of = columns.length === 0 ? '' : ` of ${columns.join(', ')}`;
  const rows = badRows === null ? '' : ` in ${badRows} rows`;
  return {
    ruleId: id,
    ruleIndex: report.checks.indexOf(check),
    ...(verdict === 'not checked'
      ? { kind: 'open', level: 'none' }
      : { kind: 'fail', level: verdict === 'error' ? 'error' : levels[severity] }),
    message: { text: `${title}${of}: expected ${expected}, found ${found}${rows}.${note === null ? '' : ` ${note}`}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(report.contract) },
          region: {
            startLine: place.line,
            startColumn: place.column,
            endLine: place.endLine,
            endColumn: place.endColumn,
          },
        },
      },
    ],
    partialFingerprints: { 'slipwayCheck/v1': `${report.table}:${id}` },
  };
}

function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
