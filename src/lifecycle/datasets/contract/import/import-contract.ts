// What another tool checks, as a contract: whose file it is, is told from what it holds.
import { parse } from 'yaml';
import { messageOf, SlipwayError } from '../../../../base/errors';
import { readContract } from '../../../../protocol/datasets/contract/reading/contract-reading';
import { frictionlessTable, fromFrictionless } from './frictionless';
import { fromGreatExpectations, isExpectationSuite } from './great-expectations';
import type { ImportedContract } from './imported-contract';
import { fromPandera, isPanderaSchema } from './pandera';

/** The contract, whose file it was made from, and what could not be carried over. */
export interface ContractImport {
  tool: string;
  text: string;
  checks: number;
  lost: string[];
}

/** Throws SlipwayError `invalid` for a file that is none of the known tools'. `name` is shown. */
export function importContract(text: string, name: string): ContractImport {
  const value = parsed(text, name);
  const made = madeBy(value);
  if (made === undefined) {
    throw new SlipwayError(
      'invalid',
      `${name} is no suite of Great Expectations, schema of pandera or table schema of Frictionless.`,
    );
  }
  const { tool, contract } = made;
  const written = contract.text(`${name}, ${tool}`);
  const [problem] = readContract(written).problems;
  if (problem !== undefined) throw new SlipwayError('invalid', `${name} cannot be carried over: ${problem.message}`);
  return { tool, text: written, checks: contract.size, lost: contract.lost };
}

/** JSON is YAML. */
function parsed(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new SlipwayError('invalid', `${name} is neither JSON nor YAML: ${messageOf(error).split('\n')[0]}`);
  }
}

function madeBy(value: unknown): { tool: string; contract: ImportedContract } | undefined {
  if (isExpectationSuite(value))
    return { tool: 'a suite of Great Expectations', contract: fromGreatExpectations(value) };
  if (isPanderaSchema(value)) return { tool: 'a schema of pandera', contract: fromPandera(value) };
  const table = frictionlessTable(value);
  return table === undefined
    ? undefined
    : { tool: 'a table schema of Frictionless', contract: fromFrictionless(table) };
}
