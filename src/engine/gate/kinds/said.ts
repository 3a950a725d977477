// What is written of the model: its size, its inputs and outputs, its licence, its document.
import { expectedOf, limitOf } from '../../../lifecycle/models/gate/expectation';
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import { signatureBreaks } from '../../../lifecycle/models/gate/signature';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { sizeText } from '../../../protocol/models/gate/measured-size';
import { isNone } from '../given';
import type { GateAsked } from './asked';

const bytesOf = { B: 1, kB: 1000, KB: 1000, MB: 1e6, GB: 1e9 } as const;

/** All files of the model together. */
export async function sizeFinding({ given }: GateAsked, rule: RuleOf<'size'>): Promise<Finding> {
  const actual = given.candidate.bytes / bytesOf[rule.unit];
  const why = `${sizeText(given.candidate.bytes)}.`;
  return {
    ...plainFinding,
    about: 'size of its files',
    expected: expectedOf(rule),
    limit: limitOf(rule),
    actual,
    unit: rule.unit,
    why,
  };
}

/** Whoever calls the other model can call this one, and finds what they read. */
export async function signatureFinding({ given }: GateAsked, rule: RuleOf<'signature'>): Promise<Finding> {
  const about = `inputs and outputs, against ${rule.against}`;
  const other = await given.other(rule.against);
  if (isNone(other)) return missing(rule, about, other.none, 'isFirst' in other && other.isFirst);
  const breaks = signatureBreaks(other.outline, given.candidate.outline);
  const actual = breaks.length === 0 ? 'fits' : `${breaks.length} do not fit`;
  const verdict = breaks.length === 0 ? 'pass' : 'fail';
  const why = breaks.length === 0 ? `As ${other.name} has them.` : breaks.slice(0, 5).join(' ');
  return { ...plainFinding, about, expected: 'fits', actual, verdict, why };
}

/** One of those that are allowed, in any case of letters. */
export async function licenseFinding({ given }: GateAsked, rule: RuleOf<'license'>): Promise<Finding> {
  const said = given.said('license') ?? given.said('licence');
  const about = 'licence';
  if (said === undefined || said.trim() === '') return missing(rule, about, 'No licence is said.');
  const isAllowed = rule.value.some((each) => each.toLowerCase() === said.trim().toLowerCase());
  const expected = rule.value.join(', ');
  const why = isAllowed ? `${said} is allowed.` : `${said} is none of ${expected}.`;
  return { ...plainFinding, about, expected, actual: said, verdict: isAllowed ? 'pass' : 'fail', why };
}

/** Everything asked for is filled in. */
export async function docFinding({ given }: GateAsked, rule: RuleOf<'doc'>): Promise<Finding> {
  const empty = rule.value.filter((key) => (given.said(key) ?? '').trim() === '');
  const limit = { op: '>=', value: rule.value.length } as const;
  const why = empty.length === 0 ? 'All are filled in.' : `Not filled in: ${empty.join(', ')}.`;
  const actual = rule.value.length - empty.length;
  return { ...plainFinding, about: `document: ${rule.value.join(', ')}`, limit, actual, n: rule.value.length, why };
}
