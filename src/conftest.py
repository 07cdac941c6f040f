"""Leave out the doctests of modules whose host library is not installed; any other failed import is an error."""

from importlib.util import find_spec

_HOSTS = {
    "ray": "cleanwire/engines/ray.py",
    "pyspark": "cleanwire/engines/spark.py",
    "datatrove": "cleanwire/integrations/datatrove.py",
    "langchain_core": "cleanwire/integrations/langchain.py",
    "llama_index": "cleanwire/integrations/llama_index.py",
    "nemo_curator": "cleanwire/integrations/nemo_curator.py",
    "spacy": "cleanwire/integrations/spacy.py",
}
collect_ignore = [path for library, path in _HOSTS.items() if find_spec(library) is None]
