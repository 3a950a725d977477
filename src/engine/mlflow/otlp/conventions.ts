// What instrumentations of other tools say of a span, in MLflow's words beside their own: its type, inputs, outputs, tokens.
import { type AnyValue, type Attribute, attributeOf, typedValue } from '../../../lifecycle/traces/any-value';

interface Convention {
  /** The attribute that says what the span does, and MLflow's types by its values in lower case. */
  kind: string;
  types: Readonly<Record<string, string>>;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Attributes of which the first that is there counts. */
  tokens: { input: readonly string[]; output: readonly string[]; total: readonly string[] };
}

const conventions: readonly Convention[] = [
  // OpenTelemetry's semantic conventions for generative AI.
  {
    kind: 'gen_ai.operation.name',
    types: {
      chat: 'CHAT_MODEL',
      text_completion: 'LLM',
      generate_content: 'LLM',
      embeddings: 'EMBEDDING',
      execute_tool: 'TOOL',
      create_agent: 'AGENT',
      invoke_agent: 'AGENT',
    },
    inputs: ['gen_ai.input.messages', 'gen_ai.tool.call.arguments'],
    outputs: ['gen_ai.output.messages', 'gen_ai.tool.call.result'],
    tokens: { input: ['gen_ai.usage.input_tokens'], output: ['gen_ai.usage.output_tokens'], total: [] },
  },
  // OpenInference.
  {
    kind: 'openinference.span.kind',
    types: {
      llm: 'LLM',
      chain: 'CHAIN',
      tool: 'TOOL',
      retriever: 'RETRIEVER',
      embedding: 'EMBEDDING',
      agent: 'AGENT',
      reranker: 'RERANKER',
      guardrail: 'GUARDRAIL',
      evaluator: 'EVALUATOR',
    },
    inputs: ['input.value'],
    outputs: ['output.value'],
    tokens: {
      input: ['llm.token_count.prompt'],
      output: ['llm.token_count.completion'],
      total: ['llm.token_count.total'],
    },
  },
  // Traceloop's OpenLLMetry.
  {
    kind: 'traceloop.span.kind',
    types: { workflow: 'WORKFLOW', task: 'TASK', agent: 'AGENT', tool: 'TOOL' },
    inputs: ['traceloop.entity.input'],
    outputs: ['traceloop.entity.output'],
    tokens: {
      input: ['gen_ai.usage.prompt_tokens'],
      output: ['gen_ai.usage.completion_tokens'],
      total: ['llm.usage.total_tokens'],
    },
  },
];

/** The attributes with MLflow's beside them, where a known convention tells what these leave unsaid. */
export function withMlflowWords(attributes: Attribute[]): Attribute[] {
  const told = new Map(attributes.map(({ key, value }) => [key, value]));
  const found: Attribute[] = [];
  const say = (key: string, value: AnyValue | undefined): void => {
    if (value !== undefined && !told.has(key)) found.push({ key, value });
  };
  const first = <T>(pick: (of: Convention) => T | undefined): T | undefined => {
    for (const each of conventions) {
      const value = pick(each);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const type = attributeOf(attributes, 'mlflow.spanType');
  if (type === undefined || type === 'UNKNOWN') {
    told.delete('mlflow.spanType');
    say(
      'mlflow.spanType',
      first((each) => typeOf(attributes, each)),
    );
  }
  say('mlflow.spanInputs', first(({ inputs }) => toldValue(told, inputs)) ?? messagesOf(attributes, 'gen_ai.prompt'));
  say(
    'mlflow.spanOutputs',
    first(({ outputs }) => toldValue(told, outputs)) ?? messagesOf(attributes, 'gen_ai.completion'),
  );
  say(
    'mlflow.chat.tokenUsage',
    first((each) => usageOf(attributes, each)),
  );
  const replaced = new Set(found.map(({ key }) => key));
  return found.length === 0 ? attributes : [...attributes.filter(({ key }) => !replaced.has(key)), ...found];
}

function typeOf(attributes: readonly Attribute[], { kind, types }: Convention): AnyValue | undefined {
  const said = attributeOf(attributes, kind);
  const type = typeof said === 'string' ? types[said.toLowerCase()] : undefined;
  return type === undefined ? undefined : { string_value: type };
}

function toldValue(told: ReadonlyMap<string, AnyValue>, keys: readonly string[]): AnyValue | undefined {
  for (const key of keys) {
    const value = told.get(key);
    if (value !== undefined) return value.string_value === undefined ? value : parsed(value.string_value);
  }
  return undefined;
}

/** These conventions have no values of their own for lists and objects: they are JSON in a text. */
function parsed(text: string): AnyValue {
  if (!/^\s*[[{]/.test(text)) return { string_value: text };
  try {
    return typedValue(JSON.parse(text));
  } catch {
    return { string_value: text };
  }
}

/** Messages as `PREFIX.0.role`, `PREFIX.0.content`, one attribute for each field. */
function messagesOf(attributes: readonly Attribute[], prefix: string): AnyValue | undefined {
  const messages: Record<string, unknown>[] = [];
  for (const { key } of attributes) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const [, place = '', field = ''] =
      /^(\d{1,4})\.(role|content|finish_reason)$/.exec(key.slice(prefix.length + 1)) ?? [];
    if (field === '') continue;
    const message = messages[Number(place)] ?? {};
    messages[Number(place)] = { ...message, [field]: attributeOf(attributes, key) };
  }
  const all = messages.filter((each) => each !== undefined);
  return all.length === 0 ? undefined : typedValue(all);
}

function usageOf(attributes: readonly Attribute[], { tokens }: Convention): AnyValue | undefined {
  const count = (keys: readonly string[]): number | undefined => {
    const said = keys.map((key) => attributeOf(attributes, key)).find((each) => each !== undefined);
    const value = typeof said === 'number' || typeof said === 'string' ? Number(said) : Number.NaN;
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const [input, output] = [count(tokens.input), count(tokens.output)];
  if (input === undefined || output === undefined) return undefined;
  const total = count(tokens.total) ?? input + output;
  return typedValue({ input_tokens: input, output_tokens: output, total_tokens: total });
}
