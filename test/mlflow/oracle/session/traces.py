"""Traces of the 3.x client: logged with spans of every kind, read, searched, tagged, judged, deleted."""
import mlflow
from mlflow.entities import AssessmentSource
from scene import attempted, client, is_three, named, refused


def session():
    experiment = mlflow.set_experiment(named("traces")).experiment_id

    @mlflow.trace(span_type="RETRIEVER", attributes={"top_k": 3})
    def retrieve(question):
        return [{"page_content": f"about {question}"}]

    @mlflow.trace(span_type="CHAIN")
    def answer(question, temperature=0.5):
        with mlflow.start_span("generate", span_type="LLM") as span:
            span.set_inputs({"documents": retrieve(question), "größe": [True, None, 2**60]})
            span.set_outputs("A runway, ö \U0001f600")
        return {"answer": "A runway"}

    @mlflow.trace
    def failing(question):
        raise ValueError("no such airport")

    with mlflow.start_run(run_name="traced"):
        answer("what is JFK?")
    mlflow.flush_trace_async_logging()
    first = mlflow.get_last_active_trace_id()
    attempted(lambda: mlflow.get_trace(first))
    try:
        failing("what is XXX?")
    except ValueError:
        pass
    mlflow.flush_trace_async_logging()
    second = mlflow.get_last_active_trace_id()
    mlflow.get_trace(second)
    for start, end in ((1_700_000_000_000_900_000, 1_700_000_000_110_900_000), (1_700_000_001 * 10**9, 1_700_000_003 * 10**9)):
        timed = mlflow.start_span_no_context("timed", experiment_id=experiment, start_time_ns=start)
        timed.end(end_time_ns=end)
        mlflow.get_trace(timed.trace_id)
    client.set_trace_tag(first, "reviewed", "yes")
    client.set_trace_tag(first, "gone", "soon")
    client.delete_trace_tag(first, "gone")
    mlflow.get_trace(first)
    for filter_string in (None, "tags.reviewed = 'yes'", "status = 'ERROR'", "name = 'answer'", "timestamp_ms > 0",
                          "tags.reviewed != 'yes'", "metadata.`mlflow.source.type` = 'LOCAL'", "span.type = 'LLM'"):
        attempted(lambda: client.search_traces(locations=[experiment], filter_string=filter_string))
    for order_by in (["timestamp_ms ASC"], ["timestamp_ms DESC"]):
        attempted(lambda: client.search_traces(locations=[experiment], order_by=order_by))
    page = client.search_traces(locations=[experiment], max_results=1, order_by=["timestamp_ms"])
    client.search_traces(locations=[experiment], max_results=1, order_by=["timestamp_ms"], page_token=page.token)
    source = AssessmentSource(source_type="HUMAN", source_id="ada")
    mlflow.log_feedback(trace_id=first, name="good", value=True, rationale="short", source=source)
    mlflow.log_expectation(trace_id=first, name="wanted", value={"answer": "JFK"}, source=source)
    mlflow.get_trace(first)
    refused(lambda: client.set_trace_tag("tr-" + "0" * 32, "a", "b"))
    refused(lambda: client.delete_trace_tag(first, "never"))
    attempted(lambda: client.search_traces(locations=[experiment], filter_string="nonsense"))
    attempted(lambda: client.search_traces(locations=[experiment], filter_string="unheard = 'x'"))
    attempted(lambda: client.search_traces(locations=[experiment], order_by=["unheard"]))
    attempted(lambda: client.search_traces(locations=[experiment], max_results=0))
    client.delete_traces(experiment, trace_ids=[second])
    attempted(lambda: mlflow.get_trace(second))
    client.search_traces(locations=[experiment])


if is_three:
    session()
