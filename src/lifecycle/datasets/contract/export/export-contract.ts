// A contract for another tool.
import type { ExportTool } from '../../../../protocol/datasets/contract/check-questions';
import type { ContractTable } from '../../../../protocol/datasets/contract/contract';
import type { ContractExport } from './exported-checks';
import { toFrictionless } from './to-frictionless';
import { toGreatExpectations } from './to-great-expectations';
import { toPandera } from './to-pandera';

const exporters: Readonly<Record<ExportTool, (table: ContractTable) => ContractExport>> = {
  'great-expectations': toGreatExpectations,
  pandera: toPandera,
  frictionless: toFrictionless,
};

/** The table's checks in the words of the tool. */
export function exportContract(table: ContractTable, tool: ExportTool): ContractExport {
  return exporters[tool](table);
}
