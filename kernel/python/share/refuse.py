"""`python refuse.py CONNECTION_FILE REASON`: a kernel that answers every cell with the reason why there is none."""

import json
import os
import sys
from pathlib import Path

import zmq
from jupyter_client.session import Session

# Milliseconds between two looks whether the process that started this one is still there.
INTERVAL = 1000

INFO = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "psilab",
    "implementation_version": "0",
    "language_info": {
        "name": "typescript",
        "version": "",
        "mimetype": "application/typescript",
        "file_extension": ".ts",
    },
}


def main(connection_file, reason):
    connection = json.loads(Path(connection_file).read_text())
    session = Session(key=connection["key"].encode(), signature_scheme=connection["signature_scheme"])
    context = zmq.Context()

    def bind(kind, name):
        socket = context.socket(kind)
        separator = "-" if connection["transport"] == "ipc" else ":"
        socket.bind(f"{connection['transport']}://{connection['ip']}{separator}{connection[f'{name}_port']}")
        return socket

    shell, control, stdin = (bind(zmq.ROUTER, name) for name in ("shell", "control", "stdin"))
    iopub, heartbeat = bind(zmq.PUB, "iopub"), bind(zmq.REP, "hb")
    error = {"ename": "NodeNeeded", "evalue": reason, "traceback": [reason]}
    parent = os.getppid()

    def answer(socket):
        identities, frames = session.feed_identities(socket.recv_multipart())
        request = session.deserialize(frames)
        kind = request["header"]["msg_type"]

        def publish(message, content):
            session.send(iopub, message, content, parent=request)

        publish("status", {"execution_state": "busy"})
        if kind == "kernel_info_request":
            content = {**INFO, "banner": reason}
        elif kind == "shutdown_request":
            content = {"status": "ok", "restart": request["content"].get("restart", False)}
        else:
            content = {"status": "error", "execution_count": 0, **error}
        if kind == "execute_request":
            publish("error", error)
        session.send(socket, kind.replace("_request", "_reply"), content, parent=request, ident=identities)
        publish("status", {"execution_state": "idle"})
        return kind != "shutdown_request"

    poller = zmq.Poller()
    for socket in (shell, control, heartbeat):
        poller.register(socket, zmq.POLLIN)
    running = True
    while running and os.getppid() == parent:
        ready = dict(poller.poll(INTERVAL))
        if heartbeat in ready:
            heartbeat.send(heartbeat.recv())
        for socket in (control, shell):
            if running and socket in ready:
                running = answer(socket)
    context.destroy(linger=INTERVAL)


if __name__ == "__main__":
    main(*sys.argv[1:])
