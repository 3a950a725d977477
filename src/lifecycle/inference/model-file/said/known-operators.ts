// Operators that onnxruntime 1.30 knows, and the opset with which each came: `onnxruntime.capi.onnxruntime_pybind11_state
// .get_all_operator_schema()` of the package from PyPI, domain by domain.

const standard =
  'Abs:1 Acos:7 Acosh:9 Add:1 Affine:1 AffineGrid:20 And:1 ArgMax:1 ArgMin:1 Asin:7 Asinh:9 Atan:7 Atanh:9 ' +
  'Attention:23 AveragePool:1 BatchNormalization:1 Bernoulli:15 BitCast:26 BitShift:11 BitwiseAnd:18 BitwiseNot:18 ' +
  'BitwiseOr:18 BitwiseXor:18 BlackmanWindow:17 Cast:1 CastLike:15 CausalConvWithState:27 Ceil:1 Celu:12 ' +
  'CenterCropPad:18 Clip:1 Col2Im:18 Compress:9 Concat:1 ConcatFromSequence:11 Constant:1 ConstantOfShape:9 Conv:1 ' +
  'ConvInteger:10 ConvTranspose:1 Cos:7 Cosh:9 Crop:1 CumProd:26 CumSum:11 DFT:17 DeformConv:19 DepthToSpace:1 ' +
  'DequantizeLinear:10 Det:11 DisentangledAttention_TRT:1 Div:1 Dropout:1 DynamicQuantizeLinear:11 DynamicSlice:1 ' +
  'EfficientNMS_TRT:1 Einsum:12 Elu:1 Equal:1 Erf:9 Exp:1 Expand:8 EyeLike:9 Flatten:1 Floor:1 GRU:1 GRUUnit:1 ' +
  'Gather:1 GatherElements:11 GatherND:11 Gelu:20 Gemm:1 GivenTensorFill:1 GlobalAveragePool:1 GlobalLpPool:1 ' +
  'GlobalMaxPool:1 Greater:1 GreaterOrEqual:12 GridSample:16 GroupNormalization:18 HammingWindow:17 HannWindow:17 ' +
  'HardSigmoid:1 HardSwish:14 Hardmax:1 Identity:1 If:1 ImageDecoder:20 ImageScaler:1 InstanceNormalization:1 ' +
  'IsInf:10 IsNaN:9 LRN:1 LSTM:1 LayerNormalization:1 LeakyRelu:1 Less:1 LessOrEqual:12 LinearAttention:27 Log:1 ' +
  'LogSoftmax:1 Loop:1 LpNormalization:1 LpPool:1 MatMul:1 MatMulInteger:10 Max:1 MaxPool:1 MaxRoiPool:1 ' +
  'MaxUnpool:9 Mean:1 MeanVarianceNormalization:1 MelWeightMatrix:17 MemcpyFromHost:1 MemcpyToHost:1 Min:1 Mish:18 ' +
  'Mod:10 Mul:1 MultilevelCropAndResize_TRT:1 Multinomial:7 Neg:1 NegativeLogLikelihoodLoss:12 NonMaxSuppression:10 ' +
  'NonZero:9 Not:1 OneHot:9 Optional:15 OptionalGetElement:15 OptionalHasElement:15 Or:1 PRelu:1 Pad:1 ' +
  'ParametricSoftplus:1 Pow:1 PyramidROIAlign_TRT:1 QLinearConv:10 QLinearMatMul:10 QuantizeLinear:10 ' +
  'RMSNormalization:23 RNN:1 RandomNormal:1 RandomNormalLike:1 RandomUniform:1 RandomUniformLike:1 Range:11 ' +
  'Reciprocal:1 ReduceL1:1 ReduceL2:1 ReduceLogSum:1 ReduceLogSumExp:1 ReduceMax:1 ReduceMean:1 ReduceMin:1 ' +
  'ReduceProd:1 ReduceSum:1 ReduceSumSquare:1 RegexFullMatch:20 Relu:1 Reshape:1 Resize:10 ReverseSequence:10 ' +
  'RoiAlign:10 RotaryEmbedding:23 Round:11 STFT:17 Scale:1 ScaledTanh:1 Scan:8 Scatter:9 ScatterElements:11 ' +
  'ScatterND:11 Selu:1 SequenceAt:11 SequenceConstruct:11 SequenceEmpty:11 SequenceErase:11 SequenceInsert:11 ' +
  'SequenceLength:11 SequenceMap:17 Shape:1 Shrink:9 Sigmoid:1 Sign:9 SimplifiedLayerNormalization:1 Sin:7 Sinh:9 ' +
  'Size:1 Slice:1 Softmax:1 SoftmaxCrossEntropyLoss:12 Softplus:1 Softsign:1 SpaceToDepth:1 Split:1 ' +
  'SplitToSequence:11 Sqrt:1 Squeeze:1 StringConcat:20 StringNormalizer:10 StringSplit:20 Sub:1 Sum:1 Swish:24 ' +
  'Tan:7 Tanh:1 TensorScatter:24 TfIdfVectorizer:9 ThresholdedRelu:1 Tile:1 TopK:1 Transpose:1 Trilu:14 Unique:11 ' +
  'Unsqueeze:1 Upsample:1 Where:9 Xor:1';
const classical =
  'ArrayFeatureExtractor:1 Binarizer:1 CastMap:1 CategoryMapper:1 DictVectorizer:1 FeatureVectorizer:1 Imputer:1 ' +
  'LabelEncoder:1 LinearClassifier:1 LinearRegressor:1 Normalizer:1 OneHotEncoder:1 SVMClassifier:1 SVMRegressor:1 ' +
  'Scaler:1 TreeEnsemble:5 TreeEnsembleClassifier:1 TreeEnsembleRegressor:1 ZipMap:1';
const contributed =
  'Attention:1 AttnLSTM:1 BeamSearch:1 BiasAdd:1 BiasDropout:1 BiasGelu:1 BiasSoftmax:1 BiasSplitGelu:1 ' +
  'BifurcationDetector:1 BitmaskBiasDropout:1 BitmaskDropout:1 CDist:1 CausalConvWithState:1 ComplexMul:1 ' +
  'ComplexMulConj:1 ConvTransposeWithDynamicPads:1 CropAndResize:1 DecoderAttention:1 ' +
  'DecoderMaskedMultiHeadAttention:1 DecoderMaskedSelfAttention:1 DequantizeBFP:1 DequantizeLinear:1 ' +
  'DequantizeWithOrder:1 DynamicQuantizeLSTM:1 DynamicQuantizeMatMul:1 DynamicTimeWarping:1 EPContext:1 ' +
  'EmbedLayerNormalization:1 EngramGate:1 ExpandDims:1 FastGelu:1 FusedConv:1 FusedGemm:1 FusedMatMul:1 ' +
  'FusedMatMulActivation:1 GatedAdd:1 GatedDeltaNet:1 GatedRMSNorm:1 GatedRelativePositionBias:1 ' +
  'GatherBlockQuantized:1 GatherND:1 Gelu:1 GemmFastGelu:1 GemmFloat8:1 GemmaRotaryEmbedding:1 GreedySearch:1 ' +
  'GridSample:1 GroupNorm:1 GroupQueryAttention:1 Inverse:1 Irfft:1 IsAllFinite:1 LinearAttention:1 ' +
  'LinearAttentionGate:1 LongformerAttention:1 MRotaryEmbedding:1 MatMulBlockQuantizedFp4Weight:1 ' +
  'MatMulBlockQuantizedFp8Weight:1 MatMulBnb4:1 MatMulFpQ4:1 MatMulInteger16:1 MatMulIntegerToFloat:1 MatMulNBits:1 ' +
  'MatMulNBitsMlp:1 MatMulNBitsQkv:1 MaxpoolWithMask:1 MoE:1 MulInteger:1 MultiHeadAttention:1 MurmurHash3:1 ' +
  'NGramHashMapping:1 NGramRepeatBlock:1 NhwcConv:1 NhwcFusedConv:1 NhwcMaxPool:1 PackedAttention:1 ' +
  'PackedMultiHeadAttention:1 Pad:1 PagedAttention:1 QAttention:1 QEmbedLayerNormalization:1 QGemm:1 QLinearAdd:1 ' +
  'QLinearAveragePool:1 QLinearConcat:1 QLinearConv:1 QLinearGlobalAveragePool:1 QLinearLeakyRelu:1 QLinearMul:1 ' +
  'QLinearReduceMean:1 QLinearSigmoid:1 QLinearSoftmax:1 QLinearWhere:1 QMoE:1 QOrderedAttention:1 QOrderedGelu:1 ' +
  'QOrderedLayerNormalization:1 QOrderedLongformerAttention:1 QOrderedMatMul:1 QuantizeBFP:1 QuantizeLinear:1 ' +
  'QuantizeWithOrder:1 QuickGelu:1 Range:1 ReduceSumInteger:1 RelativePositionBias:1 RemovePadding:1 ' +
  'RestorePadding:1 Rfft:1 RotaryEmbedding:1 SampleOp:1 Sampling:1 SkipGroupNorm:1 SkipLayerNormalization:1 ' +
  'SkipSimplifiedLayerNormalization:1 Snpe:1 SparseAttention:1 SparseToDenseMatMul:1 Tokenizer:1 TorchEmbedding:1 ' +
  'TransposeMatMul:1 Trilu:1 UnfoldTensor:1 Unique:1 VarlenCausalConvWithState:1 WhisperBeamSearch:1 ' +
  'WordConvEmbedding:1';

const known: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['ai.onnx', versions(standard)],
  ['ai.onnx.ml', versions(classical)],
  ['com.microsoft', versions(contributed)],
]);

/** With which opset of its domain an operator came; null where onnxruntime does not know it. */
export function firstVersion(domain: string, name: string): number | null {
  return known.get(domain)?.get(name) ?? null;
}

function versions(list: string): Map<string, number> {
  return new Map(
    list.split(' ').map((each) => {
      const [name = '', version] = each.split(':');
      return [name, Number(version)];
    }),
  );
}
