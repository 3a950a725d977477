"""Prompts: registered, found by version and alias, tagged, searched, deleted, refused."""
import mlflow
from scene import attempted, client, is_three, named, refused

prompts = mlflow.genai if is_three else mlflow
name, other = named("prompt").replace(" ", "-"), named("other prompt").replace(" ", "-")
prompts.register_prompt(name, "Sum up {{text}} in {{count}} words.", commit_message="first", tags={"by": "ada"})
prompts.register_prompt(name, "Sum up {{text}}.\nZeile ö \U0001f600 'quoted' \"twice\"")
prompts.register_prompt(other, "{{x}}")
prompts.load_prompt(name, version=1)
prompts.load_prompt(f"prompts:/{name}/2")
prompts.set_prompt_alias(name, alias="live", version=1)
prompts.load_prompt(f"prompts:/{name}@live")
prompts.set_prompt_alias(name, alias="live", version=2)
prompts.delete_prompt_alias(name, "live")
if is_three:
    prompts.register_prompt(named("chat").replace(" ", "-"), [{"role": "user", "content": "{{question}}"}])
    prompts.search_prompts(filter_string=f"name = '{name}'")
    prompts.search_prompts(filter_string="name LIKE 'other%'", max_results=1)
    client.get_prompt(name)
    client.set_prompt_tag(name, "k", "v")
    client.delete_prompt_tag(name, "k")
    client.set_prompt_version_tag(name, "1", "k", "v")
    client.delete_prompt_version_tag(name, "1", "k")
    client.search_prompt_versions(name)
client.search_registered_models(filter_string=f"name = '{name}'")
client.search_registered_models(filter_string="tags.`mlflow.prompt.is_prompt` = 'true'")
refused(lambda: prompts.load_prompt(f"prompts:/{name}/9"))
refused(lambda: prompts.set_prompt_alias(name, alias="latest", version=1))
refused(lambda: prompts.set_prompt_alias(name, alias="x", version=9))
refused(lambda: client.create_registered_model(name))
refused(lambda: client.copy_model_version(f"models:/{name}/1", named("model")))
attempted(lambda: client.get_registered_model(other))
if is_three:
    client.delete_prompt_version(other, "1")
    client.delete_prompt(other)
else:
    prompts.delete_prompt(other, version=1) if hasattr(prompts, "delete_prompt") else None
attempted(lambda: prompts.load_prompt(f"prompts:/{other}/1"))
