"""Search of registered models and versions: filters, orders, pages, refusals."""
from scene import client, named, refused, some

name = named("model")
for filter_string in some((
    None, f"name = '{name}'", "name LIKE 'model%'", "name ILIKE 'MODEL%'", f"name != '{name}'", "tags.k = 'z'",
    "tags.k != 'z'", "tags.`k` LIKE 'z%'", f"name = '{name}' AND tags.k = 'z'", "name = 'nothing'",
)):
    client.search_registered_models(filter_string=filter_string)
for order_by in some((["name"], ["name DESC"], ["last_updated_timestamp DESC"], ["timestamp ASC", "name DESC"])):
    client.search_registered_models(order_by=order_by)
page = client.search_registered_models(max_results=2)
while page.token:
    page = client.search_registered_models(max_results=2, page_token=page.token)
for filter_string in some(("name", "name = a", "version = '1'", "params.a = '1'", "name > 'a'", "tags.a > 'a'", "tags.k = 1", "name =")):
    refused(lambda: client.search_registered_models(filter_string=filter_string))
refused(lambda: client.search_registered_models(order_by=["creation_timestamp"]))
refused(lambda: client.search_registered_models(order_by=["name", "name DESC"]))
refused(lambda: client.search_registered_models(max_results=1001))
refused(lambda: client.search_registered_models(page_token="not a token"))

for filter_string in some((
    f"name = '{name}'", f"name = '{name}' AND version_number > 2", f"name = '{name}' AND version_number <= '2'",
    "source_path LIKE 's3%'", f"name = '{name}' AND tags.k = 'v'", "run_id = 'nobody'", "run_id IN ('a', 'b')",
    f"name IN ('{name}')", "version_number = 3", "tags.t = '1'",
)):
    client.search_model_versions(filter_string)
for order_by in some((["version_number DESC"], ["name DESC", "version_number"], ["creation_timestamp"], ["last_updated_timestamp"])):
    client.search_model_versions(f"name = '{name}'", order_by=order_by)
page = client.search_model_versions(f"name = '{name}'", max_results=2)
while page.token:
    page = client.search_model_versions(f"name = '{name}'", max_results=2, page_token=page.token)
for filter_string in some(("run_id = 1", "version_number = 1.5", "version_number LIKE '1'", "source_path IN ('a')", "name",
                      "current_stage = 'None'", "tags.k > 'a'", "name > 'a'")):
    refused(lambda: client.search_model_versions(filter_string))
refused(lambda: client.search_model_versions(f"name = '{name}'", order_by=["run_id"]))
refused(lambda: client.search_model_versions(f"name = '{name}'", order_by=["name", "name"]))
refused(lambda: client.search_model_versions(f"name = '{name}'", max_results=200_001))
refused(lambda: client.search_model_versions(f"name = '{name}'", page_token="not a token"))
