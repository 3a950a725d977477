// What operators call the values that they read and write, such as X, W and B: the newest version of each in ONNX 1.23's own
// schemas. A name that ends in … stands for all that follow.
const schemas = `
Abs X>Y
Acos input>output
Acosh input>output
Add A,B>C
AffineGrid theta,size>grid
And A,B>C
ArgMax data>reduced
ArgMin data>reduced
Asin input>output
Asinh input>output
Atan input>output
Atanh input>output
Attention Q,K,V,attn_mask,past_key,past_value,nonpad_kv_seqlen>Y,present_key,present_value,qk_matmul_output
AveragePool X>Y
BatchNormalization X,scale,B,input_mean,input_var>Y,running_mean,running_var
Bernoulli input>output
BitCast input>output
BitShift X,Y>Z
BitwiseAnd A,B>C
BitwiseNot X>Y
BitwiseOr A,B>C
BitwiseXor A,B>C
BlackmanWindow size>output
Cast input>output
CastLike input,target_type>output
CausalConvWithState input,weight,bias,past_state>output,present_state
Ceil X>Y
Celu X>Y
CenterCropPad input_data,shape>output_data
Clip input,min,max>output
Col2Im input,image_shape,block_shape>output
Compress input,condition>output
Concat inputs…>concat_result
ConcatFromSequence input_sequence>concat_result
Constant >output
ConstantOfShape input>output
Conv X,W,B>Y
ConvInteger x,w,x_zero_point,w_zero_point>y
ConvTranspose X,W,B>Y
Cos input>output
Cosh input>output
CumProd x,axis>y
CumSum x,axis>y
DFT input,dft_length,axis>output
DeformConv X,W,offset,B,mask>Y
DepthToSpace input>output
DequantizeLinear x,x_scale,x_zero_point>y
Det X>Y
Div A,B>C
Dropout data,ratio,training_mode>output,mask
DynamicQuantizeLinear x>y,y_scale,y_zero_point
Einsum Inputs…>Output
Elu X>Y
Equal A,B>C
Erf input>output
Exp input>output
Expand input,shape>output
EyeLike input>output
Flatten input>output
Floor X>Y
GRU X,W,R,B,sequence_lens,initial_h>Y,Y_h
Gather data,indices>output
GatherElements data,indices>output
GatherND data,indices>output
Gelu X>Y
Gemm A,B,C>Y
GlobalAveragePool X>Y
GlobalLpPool X>Y
GlobalMaxPool X>Y
Greater A,B>C
GreaterOrEqual A,B>C
GridSample X,grid>Y
GroupNormalization X,scale,bias>Y
HammingWindow size>output
HannWindow size>output
HardSigmoid X>Y
HardSwish X>Y
Hardmax input>output
Identity input>output
If cond>outputs…
ImageDecoder encoded_stream>image
InstanceNormalization input,scale,B>output
IsInf X>Y
IsNaN X>Y
LRN X>Y
LSTM X,W,R,B,sequence_lens,initial_h,initial_c,P>Y,Y_h,Y_c
LayerNormalization X,Scale,B>Y,Mean,InvStdDev
LeakyRelu X>Y
Less A,B>C
LessOrEqual A,B>C
LinearAttention query,key,value,past_state,decay,beta>output,present_state
Log input>output
LogSoftmax input>output
Loop M,cond,v_initial…>v_final_and_scan_outputs…
LpNormalization input>output
LpPool X>Y
MatMul A,B>Y
MatMulInteger A,B,a_zero_point,b_zero_point>Y
Max data_0…>max
MaxPool X>Y,Indices
MaxRoiPool X,rois>Y
MaxUnpool X,I,output_shape>output
Mean data_0…>mean
MeanVarianceNormalization X>Y
MelWeightMatrix num_mel_bins,dft_length,sample_rate,lower_edge_hertz,upper_edge_hertz>output
Min data_0…>min
Mish X>Y
Mod A,B>C
Mul A,B>C
Multinomial input>output
Neg X>Y
NegativeLogLikelihoodLoss input,target,weight>loss
NonMaxSuppression boxes,scores,max_output_boxes_per_class,iou_threshold,score_threshold>selected_indices
NonZero X>Y
Not X>Y
OneHot indices,depth,values>output
Optional input>output
OptionalGetElement input>output
OptionalHasElement input>output
Or A,B>C
PRelu X,slope>Y
Pad data,pads,constant_value,axes>output
Pow X,Y>Z
QLinearConv x,x_scale,x_zero_point,w,w_scale,w_zero_point,y_scale,y_zero_point,B>y
QLinearMatMul a,a_scale,a_zero_point,b,b_scale,b_zero_point,y_scale,y_zero_point>y
QuantizeLinear x,y_scale,y_zero_point>y
RMSNormalization X,scale>Y
RNN X,W,R,B,sequence_lens,initial_h>Y,Y_h
RandomNormal >output
RandomNormalLike input>output
RandomUniform >output
RandomUniformLike input>output
Range start,limit,delta>output
Reciprocal X>Y
ReduceL1 data,axes>reduced
ReduceL2 data,axes>reduced
ReduceLogSum data,axes>reduced
ReduceLogSumExp data,axes>reduced
ReduceMax data,axes>reduced
ReduceMean data,axes>reduced
ReduceMin data,axes>reduced
ReduceProd data,axes>reduced
ReduceSum data,axes>reduced
ReduceSumSquare data,axes>reduced
RegexFullMatch X>Y
Relu X>Y
Reshape data,shape>reshaped
Resize X,roi,scales,sizes>Y
ReverseSequence input,sequence_lens>Y
RoiAlign X,rois,batch_indices>Y
RotaryEmbedding X,cos_cache,sin_cache,position_ids>Y
Round X>Y
STFT signal,frame_step,window,frame_length>output
Scan initial_state_and_scan_inputs…>final_state_and_scan_outputs…
ScatterElements data,indices,updates>output
ScatterND data,indices,updates>output
Selu X>Y
SequenceAt input_sequence,position>tensor
SequenceConstruct inputs…>output_sequence
SequenceEmpty >output
SequenceErase input_sequence,position>output_sequence
SequenceInsert input_sequence,tensor,position>output_sequence
SequenceLength input_sequence>length
SequenceMap input_sequence,additional_inputs…>out_sequence…
Shape data>shape
Shrink input>output
Sigmoid X>Y
Sign input>output
Sin input>output
Sinh input>output
Size data>size
Slice data,starts,ends,axes,steps>output
Softmax input>output
SoftmaxCrossEntropyLoss scores,labels,weights>output,log_prob
Softplus X>Y
Softsign input>output
SpaceToDepth input>output
Split input,split>outputs…
SplitToSequence input,split>output_sequence
Sqrt X>Y
Squeeze data,axes>squeezed
StringConcat X,Y>Z
StringNormalizer X>Y
StringSplit X>Y,Z
Sub A,B>C
Sum data_0…>sum
SwiGLU A,B>Y
Swish X>Y
Tan input>output
Tanh input>output
TensorScatter past_cache,update,write_indices>present_cache
TfIdfVectorizer X>Y
ThresholdedRelu X>Y
Tile input,repeats>output
TopK X,K>Values,Indices
Transpose data>transposed
Trilu input,k>output
Unique X>Y,indices,inverse_indices,counts
Unsqueeze data,axes>expanded
Where condition,X,Y>output
Xor A,B>C
ArrayFeatureExtractor X,Y>Z
Binarizer X>Y
CastMap X>Y
CategoryMapper X>Y
DictVectorizer X>Y
FeatureVectorizer X…>Y
Imputer X>Y
LabelEncoder X>Y
LinearClassifier X>Y,Z
LinearRegressor X>Y
Normalizer X>Y
OneHotEncoder X>Y
SVMClassifier X>Y,Z
SVMRegressor X>Y
Scaler X>Y
TreeEnsemble X>Y
ZipMap X>Z
`;

interface ValueNames {
  inputs: readonly string[];
  outputs: readonly string[];
}

let known: Map<string, ValueNames> | undefined;

/** Null for an operator of another domain, or one that is not known. `domain` is '' or `ai.onnx` for ONNX's own. */
export function operatorValues(domain: string, operator: string): ValueNames | null {
  if (!['', 'ai.onnx', 'ai.onnx.ml'].includes(domain)) return null;
  known ??= new Map(schemas.trim().split('\n').map(parsed));
  return known.get(operator) ?? null;
}

/** What the value at a place is called; '' where that is not known. */
export function valueRole(names: readonly string[] | undefined, place: number): string {
  const last = names?.at(-1) ?? '';
  const name = names?.[place] ?? (last.endsWith('…') ? last : '');
  return name.replace('…', '');
}

function parsed(line: string): [string, ValueNames] {
  const [operator = '', inputs = '', outputs = ''] = line.split(/[ >]/);
  const listed = (text: string): string[] => (text === '' ? [] : text.split(','));
  return [operator, { inputs: listed(inputs), outputs: listed(outputs) }];
}
