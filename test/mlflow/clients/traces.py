"""Traces as their clients log, search, judge, tag and delete them."""
import json
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

warnings.simplefilter("ignore")
is_3 = not mlflow.__version__.startswith("2.")
client = MlflowClient()
if not is_3:
    # OpenTelemetry's packages are newer than this client, whose processor never calls what makes theirs whole.
    from mlflow.tracing.processor.mlflow import MlflowSpanProcessor
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    own = MlflowSpanProcessor.__init__

    def whole(self, span_exporter, *rest, **named):
        SimpleSpanProcessor.__init__(self, span_exporter)
        own(self, span_exporter, *rest, **named)

    MlflowSpanProcessor.__init__ = whole
experiment = mlflow.set_experiment("traces")
experiment_id = experiment.experiment_id


def refused(action, *words):
    try:
        action()
    except MlflowException as error:
        assert all(word in str(error) for word in words), error
        return
    raise AssertionError("not refused")


def flush():
    if is_3:
        mlflow.flush_trace_async_logging()


def last():
    flush()
    return mlflow.get_last_active_trace_id()


def state(trace):
    return str(trace.info.state if is_3 else trace.info.status.value)


@mlflow.trace(span_type="RETRIEVER", attributes={"top_k": 3})
def retrieve(question):
    return [{"page_content": f"about {question}", "metadata": {"score": 1.0, "rank": 1}}]


@mlflow.trace(span_type="CHAIN")
def answer(question, temperature=0.5):
    documents = retrieve(question)
    with mlflow.start_span("generate", span_type="LLM") as span:
        span.set_inputs({"documents": documents, "temperature": temperature, "größe": [True, None, 2**60]})
        span.set_outputs("A runway, ö \U0001f600")
        span.set_attribute("tokens", {"in": 12, "out": 3})
    return {"answer": "A runway"}


@mlflow.trace
def failing(question):
    with mlflow.start_span("inside"):
        raise ValueError("no such airport")


# Nested spans within a run: names, kinds, parents, values of every type.
with mlflow.start_run() as run:
    answer("what is JFK?")
first = last()
trace = mlflow.get_trace(first)
assert trace.info.experiment_id == experiment_id and state(trace) == "OK"
assert trace.info.request_metadata["mlflow.sourceRun"] == run.info.run_id
assert trace.info.tags["mlflow.traceName"] == "answer"
assert trace.info.execution_time_ms >= 0 and trace.info.timestamp_ms > 1_600_000_000_000
by_name = {span.name: span for span in trace.data.spans}
assert sorted(by_name) == ["answer", "generate", "retrieve"]
root, child, inner = by_name["answer"], by_name["generate"], by_name["retrieve"]
assert root.parent_id is None and child.parent_id == root.span_id == inner.parent_id
assert (root.span_type, child.span_type, inner.span_type) == ("CHAIN", "LLM", "RETRIEVER")
assert root.inputs == {"question": "what is JFK?", "temperature": 0.5} and root.outputs == {"answer": "A runway"}
assert child.inputs["größe"] == [True, None, 2**60] and child.outputs == "A runway, ö \U0001f600"
assert child.get_attribute("tokens") == {"in": 12, "out": 3} and inner.get_attribute("top_k") == 3
score = inner.outputs[0]["metadata"]["score"]
assert score == 1.0 and isinstance(score, float) and isinstance(inner.outputs[0]["metadata"]["rank"], int)
assert root.start_time_ns <= child.start_time_ns <= child.end_time_ns <= root.end_time_ns
assert root.start_time_ns % 1000 + child.end_time_ns % 1000 + child.start_time_ns % 1000 > 0
if is_3:
    assert json.loads(trace.info.request_preview)["question"] == "what is JFK?"
    assert "A runway" in trace.info.response_preview

# An exception is the state, the status and an event.
try:
    failing("XXX")
except ValueError:
    pass
second = last()
trace = mlflow.get_trace(second)
assert state(trace) == "ERROR", trace.info
[inside] = [span for span in trace.data.spans if span.name == "inside"]
assert inside.status.status_code.value == "ERROR" and "no such airport" in inside.status.description
[event] = [event for event in inside.events if event.name == "exception"]
assert event.attributes["exception.message"] == "no such airport" and "Traceback" in event.attributes["exception.stacktrace"]

# Spans by hand.
if is_3:
    by_hand = mlflow.start_span_no_context("manual", inputs={"x": 1}, tags={"team": "core"})
    part = mlflow.start_span_no_context("part", parent_span=by_hand)
    part.end(outputs=2)
    by_hand.end(outputs={"y": 2}, status="OK")
    third = by_hand.trace_id
else:
    by_hand = client.start_trace("manual", inputs={"x": 1}, tags={"team": "core"})
    part = client.start_span("part", request_id=by_hand.request_id, parent_id=by_hand.span_id)
    client.end_span(part.request_id, part.span_id, outputs=2)
    client.end_trace(by_hand.request_id, outputs={"y": 2}, status="OK")
    third = by_hand.request_id
flush()
trace = mlflow.get_trace(third)
assert trace.info.tags["team"] == "core" and [span.name for span in trace.data.spans] == ["manual", "part"]

# Tags.
client.set_trace_tag(first, "reviewed", "yes")
client.set_trace_tag(first, "passing", "no")
client.delete_trace_tag(first, "passing")
tags = mlflow.get_trace(first).info.tags
assert tags["reviewed"] == "yes" and "passing" not in tags
refused(lambda: client.set_trace_tag("tr-" + "0" * 32, "a", "b"))
refused(lambda: client.delete_trace_tag(first, "passing"), "passing")


def found(filter_string=None, **rest):
    traces = client.search_traces(experiment_ids=[experiment_id], filter_string=filter_string, **rest)
    return [trace.info.request_id for trace in traces]


# Searches.
everything = [third, second, first]
assert found() == everything
assert found("tags.reviewed = 'yes'") == [first]
assert found("tag.team LIKE 'co%'") == [third]
assert found("status = 'ERROR'") == [second] and found("status != 'ERROR'") == [third, first]
assert found("name = 'manual'") == [third]
assert found("attributes.name != 'manual' AND trace.status = 'OK'") == [first]
start = mlflow.get_trace(first).info.timestamp_ms
assert found(f"timestamp_ms <= {start}") == [first] and found(f"timestamp > {start}") == [third, second]
assert found("execution_time_ms >= 0") == everything
assert found(f"run_id = '{run.info.run_id}'") == [first]
assert found(f"request_metadata.`mlflow.sourceRun` = '{run.info.run_id}'") == [first]
assert found(order_by=["timestamp_ms ASC"]) == everything[::-1]
assert found(order_by=["attributes.name DESC"]) == [third, second, first]
page = client.search_traces(experiment_ids=[experiment_id], max_results=2)
rest = client.search_traces(experiment_ids=[experiment_id], max_results=2, page_token=page.token)
assert [each.info.request_id for each in [*page, *rest]] == everything and not rest.token
refused(lambda: found("colour = 'red'"), "Invalid attribute key 'colour'")
if is_3:
    assert found("span.type = 'LLM'") == [first] and found("span.name = 'inside'") == [second]
    assert found("trace.text LIKE '%JFK%'") == [first]
    assert found("tag.team IS NOT NULL") == [third]
    assert found(f"request_id IN ('{first}', '{third}')") == [third, first]
    frame = mlflow.search_traces(locations=[experiment_id], run_id=run.info.run_id)
    assert list(frame["trace_id"]) == [first] and len(frame["spans"][0]) == 3

# Judgements.
if is_3:
    from mlflow.entities import AssessmentSource

    human = AssessmentSource(source_type="HUMAN", source_id="ada")
    made = mlflow.log_feedback(trace_id=first, name="correct", value=True, rationale="seen", source=human)
    other = mlflow.log_expectation(trace_id=first, name="wanted", value={"answer": "A runway"}, metadata={"k": "v"})
    assessments = {each.name: each for each in mlflow.get_trace(first).info.assessments}
    assert assessments["correct"].value is True and assessments["correct"].source.source_id == "ada"
    assert assessments["wanted"].value == {"answer": "A runway"} and assessments["wanted"].metadata["k"] == "v"
    changed = mlflow.update_assessment(first, made.assessment_id, mlflow.entities.Feedback(name="correct", value=0.25))
    assert changed.value == 0.25 and changed.rationale == "seen"
    again = mlflow.override_feedback(trace_id=first, assessment_id=made.assessment_id, value=1)
    assert mlflow.get_assessment(first, made.assessment_id).valid is False
    assert mlflow.get_assessment(first, again.assessment_id).overrides == made.assessment_id
    mlflow.delete_assessment(first, again.assessment_id)
    assert mlflow.get_assessment(first, made.assessment_id).valid is True
    refused(lambda: mlflow.get_assessment(first, again.assessment_id), "not found")
    assert found("feedback.correct = '0.25'") == [first]
    with mlflow.start_span("judged") as span:
        mlflow.log_feedback(trace_id=span.trace_id, name="live", value="good")
    judged = last()
    assert mlflow.get_trace(judged).info.assessments[0].value == "good"
    assert client.delete_traces(experiment_id, trace_ids=[judged]) == 1
    # A run that is told of a trace later.
    with mlflow.start_run() as later:
        pass
    client.link_traces_to_run([third], later.info.run_id)
    assert found(f"run_id = '{later.info.run_id}'") == [third]

# Deletions.
key = "trace_ids" if is_3 else "request_ids"
assert client.delete_traces(experiment_id, **{key: [first, "tr-" + "0" * 32]}) == 1
assert found() == [third, second]
if is_3:
    refused(lambda: client.get_trace(first), "not found")
assert client.delete_traces(experiment_id, max_timestamp_millis=start + 10**9, max_traces=1) == 1
assert found() == [third]
print("ok")
