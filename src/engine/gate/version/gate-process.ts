// The process that measures a version: started for one gate, gone with it.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LineProcess } from '../../../platform/process/line-process';
import { Conversation } from '../../../protocol/conversation/conversation';
import { endedGateProcess } from '../../../protocol/models/gate/gate-process-end';
import type { GateFilesQuery, GateQuestions } from '../../../protocol/models/gate/gate-questions';
import type { GateReport } from '../../../protocol/models/gate/gate-report';
import type { JobTerms } from '../../jobs/job-runner';

const script = join(__dirname, 'gate.js');
/** From the wish to take it back until it is killed: it ends the models that it runs. */
const patienceMilliseconds = 2000;

/** A verdict, and which onnxruntime ran the models. */
export interface GateAnswer {
  report: GateReport;
  onnxruntime: string;
}

/** Judges. `scratch`: a folder for what it needs meanwhile. Throws SlipwayError `unavailable` when it is taken back or the process dies. */
export async function askGate(
  query: GateFilesQuery,
  scratch: string,
  { signal, onProgress }: JobTerms,
): Promise<GateAnswer> {
  let isGone = false;
  const process = new LineProcess({
    command: globalThis.process.execPath,
    args: [script],
    env: { ...globalThis.process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    onLine: (line) => conversation.hear(line),
    onEnd: (how) => {
      isGone = true;
      conversation.end(endedGateProcess(how));
    },
  });
  const conversation = new Conversation<GateQuestions>((line) => process.write(line));
  try {
    const report = await conversation.ask('gateFiles', query, { signal, onProgress });
    return { report, onnxruntime: await conversation.ask('onnxruntime', null, { signal }) };
  } finally {
    for (let waited = 0; conversation.isLingering && !isGone && waited < patienceMilliseconds; waited += 20) {
      await setTimeout(20);
    }
    process.kill();
    // What it still has open must not be in the way of whoever clears its folder.
    while (!isGone) await setTimeout(5);
  }
}
