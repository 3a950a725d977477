"""Prompts as their clients keep them: text and chat, versions, aliases, tags, search, and the traces that used them."""
import time
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

warnings.simplefilter("ignore")
is_3 = not mlflow.__version__.startswith("2.")
client = MlflowClient()
prompts = mlflow.genai if is_3 else mlflow
experiment = mlflow.set_experiment("prompts")


def refused(action, *words):
    try:
        action()
    except MlflowException as error:
        assert all(word in str(error) for word in words), error
        return
    raise AssertionError("not refused")


# Text.
first = prompts.register_prompt("my-summary", "Sum up {{text}} in {{count}} words.", commit_message="first", tags={"by": "ada"})
assert int(first.version) == 1 and set(first.variables) == {"text", "count"}
again = prompts.register_prompt("my-summary", "Sum up {{text}}.\nZeile ö \U0001f600 'quoted' \"twice\"")
assert int(again.version) == 2
one = prompts.load_prompt("my-summary", version=1)
assert one.template == "Sum up {{text}} in {{count}} words." and one.commit_message == "first"
assert one.format(text="this", count=3) == "Sum up this in 3 words."
assert prompts.load_prompt("prompts:/my-summary/2").template.endswith("'quoted' \"twice\"")
refused(lambda: prompts.load_prompt("prompts:/my-summary/9"))

# Aliases, which move.
prompts.set_prompt_alias("my-summary", alias="live", version=1)
assert prompts.load_prompt("prompts:/my-summary@live").version in (1, "1")
prompts.set_prompt_alias("my-summary", alias="live", version=2)
fresh = {"cache_ttl_seconds": 0} if is_3 else {}
assert prompts.load_prompt("prompts:/my-summary@live", **fresh).version in (2, "2")
prompts.delete_prompt_alias("my-summary", "live")
refused(lambda: prompts.load_prompt("prompts:/my-summary@live", **fresh))

if is_3:
    assert prompts.load_prompt("nothing", version=1, allow_missing=True) is None

    # Chat.
    messages = [
        {"role": "system", "content": "You know {{field}}."},
        {"role": "user", "content": "{{question}}"},
    ]
    chat = prompts.register_prompt("my-chat", messages, model_config={"model_name": "small", "temperature": 0.2})
    loaded = prompts.load_prompt("my-chat", version=chat.version)
    assert loaded.template == messages and not loaded.is_text_prompt and loaded.variables == {"field", "question"}
    assert loaded.format(field="air", question="JFK?")[1] == {"role": "user", "content": "JFK?"}
    assert loaded.model_config["temperature"] == 0.2

    # Answers of a form.
    prompts.register_prompt("my-form", "{{x}}", response_format={"type": "object", "properties": {"y": {"type": "integer"}}})
    assert prompts.load_prompt("my-form", version=1).response_format["properties"]["y"] == {"type": "integer"}

    # Tags of the prompt and of a version.
    prompts.set_prompt_tag("my-summary", "team", "core")
    assert prompts.get_prompt_tags("my-summary")["team"] == "core"
    prompts.delete_prompt_tag("my-summary", "team")
    assert "team" not in prompts.get_prompt_tags("my-summary")
    prompts.set_prompt_version_tag("my-summary", 2, "state", "tried")
    assert prompts.load_prompt("my-summary", version=2, cache_ttl_seconds=0).tags["state"] == "tried"

    # Search.
    assert sorted(each.name for each in prompts.search_prompts(filter_string="name LIKE 'my-%'")) == ["my-chat", "my-form", "my-summary"]
    assert [each.name for each in prompts.search_prompts(filter_string="name LIKE 'my-su%'")] == ["my-summary"]
    versions = client.search_prompt_versions("my-summary")
    assert sorted(int(each.version) for each in versions) == [1, 2]

    # What used a prompt is known: a trace by its name and version, a run by the prompts it loaded.
    @mlflow.trace
    def answer(text):
        return prompts.load_prompt("prompts:/my-summary/1").format(text=text, count=2)

    with mlflow.start_run() as run:
        answer("all of it")
    mlflow.flush_trace_async_logging()
    trace_id = mlflow.get_last_active_trace_id()
    for _ in range(50):
        found = mlflow.search_traces(
            locations=[experiment.experiment_id], filter_string="prompt = 'my-summary/1'", return_type="list"
        )
        if found:
            break
        time.sleep(0.1)
    assert [trace.info.trace_id for trace in found] == [trace_id]
    assert mlflow.search_traces(
        locations=[experiment.experiment_id], filter_string="prompt = 'my-summary/2'", return_type="list"
    ) == []
    assert not [model for model in client.search_registered_models() if model.name.startswith("my-")]

    # Deletion: versions first, then the prompt.
    client.delete_prompt_version("my-form", "1")
    client.delete_prompt("my-form")
    assert sorted(each.name for each in prompts.search_prompts(filter_string="name LIKE 'my-%'")) == ["my-chat", "my-summary"]
    for name, number in (("my-chat", "1"), ("my-summary", "1"), ("my-summary", "2")):
        client.delete_prompt_version(name, number)
    client.delete_prompt("my-chat")
    client.delete_prompt("my-summary")
print("ok")
