// A project with flights of several months: the same columns, and a summer in which planes are late and carriers change.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedWorkspace } from '../engine/seeded-workspace';
import type { Editor } from './harness';
import { ProjectFolder } from './project-folder';

const carriers = ['UA', 'EV', 'B6', 'DL', 'AA'];
const contract = `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
schema:
  - name: flights
    properties:
      - name: dep_delay
        logicalType: number
        quality:
          - metric: nullValues
            mustBeLessOrEqualTo: 5
            unit: percent
      - name: carrier
        logicalType: string
        quality:
          - metric: invalidValues
            arguments: { validValues: [UA, EV, B6, DL, AA] }
            mustBe: 0
      - name: distance
        logicalType: integer
        logicalTypeOptions: { minimum: 80, maximum: 4983 }
`;

/** Numbers from 0 to 1, the same each time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Flights of a month as CSV. In months 6 to 8 delays are longer, it is warm, and some delays are missing. */
export function monthOfFlights(month: number, rows = 4000): string {
  const next = noise(month);
  const isSummer = month >= 6 && month <= 8;
  const lines = ['dep_delay,distance,temp,carrier,origin'];
  for (let row = 0; row < rows; row += 1) {
    const delay = Math.round(-8 - Math.log(1 - next()) * (isSummer ? 30 : 12));
    const distance = 94 + Math.floor(next() * 2600);
    const temp = ((isSummer ? 76 : 40) + (next() + next() + next() - 1.5) * 14).toFixed(1);
    const carrier = carriers[Math.floor(next() ** (isSummer ? 2.4 : 1.3) * carriers.length)] ?? 'UA';
    const missing = isSummer && next() < 0.069;
    lines.push(`${missing ? '' : delay},${distance},${temp},${carrier},${['EWR', 'JFK', 'LGA'][row % 3]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `data/flights.csv` holds one month; a contract lies beside slipway.yaml. */
export class FlightsProject extends ProjectFolder {
  static create(): FlightsProject {
    const project = new FlightsProject(seedWorkspace(() => undefined));
    mkdirSync(join(project.root, 'data'));
    writeFileSync(join(project.root, 'flights.odcs.yaml'), contract);
    project.write(3);
    return project;
  }

  /** Another month takes the place of the one that is there. */
  write(month: number, rows?: number): void {
    writeFileSync(join(this.root, 'data/flights.csv'), monthOfFlights(month, rows));
  }
}

/** Shows the Datasets view, which stands below the runs. */
export async function openDatasets(editor: Editor): Promise<void> {
  await editor.openView('Slipway');
  const head = editor.page.locator('.sidebar .pane-header', { hasText: 'Datasets' });
  await head.waitFor();
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
}
