"""Runs scripts in forks of a Python that has imported MLflow once, which is most of what a short script takes.

`warm_python.py serve SOCKET` is that Python: it says `ready` and ends with its standard input. `warm_python.py run SOCKET
SCRIPT` has it run a script with the streams, the folder and the environment of this process, and ends as the script does.
"""
import json
import os
import runpy
import signal
import socket
import sys
import threading


def serve(path):
    import mlflow  # noqa: F401

    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    print("ready", flush=True)
    threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
    # Nobody waits for those that answer.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            answer(asking)
        asking.close()


def answer(asking):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said, streams, _, _ = socket.recv_fds(asking, 1 << 20, 3)
    child = os.fork()
    if child != 0:
        asking.sendall(bytes([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF]))
        os._exit(0)
    asking.close()
    asked = json.loads(said)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = [asked["script"]]
    sys.path[0] = asked["folder"]
    # It ends as a script of its own does, with all that was left to be done at its exit.
    runpy.run_path(asked["script"], run_name="__main__")
    sys.exit()


def run(path, script):
    asked = {"script": script, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(path)
        socket.send_fds(asking, [json.dumps(asked).encode()], [0, 1, 2])
        code = asking.recv(1)
    os._exit(code[0] if code else 1)


if sys.argv[1] == "serve":
    serve(sys.argv[2])
else:
    run(sys.argv[2], sys.argv[3])
