// The process of a gate: it reads the rules, lets model processes predict, and measures. Its arithmetic may take long, and
// it ends with whoever started it.
import { exactJson } from '../../base/exact-json';
import { onnxruntimeVersion } from '../../platform/onnx/onnx-session';
import type { GateQuestions } from '../../protocol/models/gate/gate-questions';
import { answerLines } from '../asked/answer-lines';
import { watchSelf } from '../asked/self-watch';
import { gateFiles } from './gate-files';
import { gatePlan } from './model-rules';

watchSelf();
answerLines<GateQuestions>({ gatePlan, gateFiles, onnxruntime: onnxruntimeVersion }, () => process.exit(), exactJson);
