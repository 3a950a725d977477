// What two files of predictions show beside the numbers that are made of them.
import { SlipwayError } from '../../../../base/errors';
import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { EvidenceQuery } from '../../../../protocol/comparison/evidence/evidence-request';
import type { PredictionEvidence } from '../../../../protocol/comparison/evidence/prediction-evidence';
import { isPaired, pairSources } from '../predictions/paired-models';
import type { OfSides } from '../predictions/row-pairs';
import { classEvidence } from './class-evidence';
import { numberEvidence } from './number-evidence';

/** Files of which a sentence says what is wrong are told of, not thrown: the rest of the comparison stands. */
export async function predictionEvidence(
  sources: OfSides<ByteSource>,
  question: Pick<EvidenceQuery, 'positive' | 'bins'>,
): Promise<PredictionEvidence> {
  try {
    const paired = await pairSources(sources, undefined);
    if (!isPaired(paired)) return { kind: 'none', problem: 'The two files of predictions have no id in common.' };
    if (paired.judged.length === 0)
      return { kind: 'none', problem: 'No row has a truth and a prediction of both models.' };
    return paired.task.kind === 'numbers' ? numberEvidence(paired) : classEvidence(paired, question);
  } catch (error) {
    if (SlipwayError.is(error, 'invalid') || SlipwayError.is(error, 'too-large'))
      return { kind: 'none', problem: error.message };
    throw error;
  }
}
