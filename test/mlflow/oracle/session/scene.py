"""What every part of the session uses: the client, names of its own, and calls that have to be refused."""
import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()
is_three = not mlflow.__version__.startswith("2.")


def named(name):
    """A name that the session of the other client does not use."""
    return f"{name} of client {mlflow.__version__.split('.')[0]}"


def some(questions):
    """All of them for the newest client, every third for the other: what the servers make of them is asked once."""
    return questions if is_three else questions[::3]


def attempted(action):
    """Calls it, whatever the server says: what it says is compared."""
    try:
        action()
    except MlflowException:
        pass


def refused(action):
    """Calls it; the server has to refuse."""
    try:
        action()
    except MlflowException:
        return
    raise AssertionError("not refused")
