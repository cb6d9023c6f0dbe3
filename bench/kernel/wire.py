"""The ceiling of comm frames: the same messages from a process that does nothing but send them, to the same client.

python wire.py COUNT    is that process: it prints its port and sends once a client is there
"""

import subprocess
import sys
import time

import zmq

FRAME = 1 << 20
# The parts of a message before its buffers, about as long as a kernel's.
PARTS = [b"iopub", b"<IDS|MSG>", b"s" * 64, b"h" * 250, b"p" * 250, b"{}", b"c" * 100]


def send(count):
    socket = zmq.Context().socket(zmq.XPUB)
    socket.sndhwm = 0
    print(socket.bind_to_random_port("tcp://127.0.0.1"), flush=True)
    socket.recv()
    frame = bytes(FRAME)
    for _ in range(count):
        socket.send_multipart([*PARTS, frame], copy=False)
    # What is queued leaves before the process ends.
    socket.context.destroy(linger=-1)


def rate(count):
    """MB/s between the first message and the last."""
    sender = subprocess.Popen([sys.executable, __file__, str(count)], stdout=subprocess.PIPE, text=True)
    context = zmq.Context()
    socket = context.socket(zmq.SUB)
    socket.rcvhwm = 0
    socket.connect(f"tcp://127.0.0.1:{int(sender.stdout.readline())}")
    socket.subscribe(b"")
    received = [socket.recv_multipart(copy=False)]
    first = time.perf_counter()
    while len(received) < count:
        received.append(socket.recv_multipart(copy=False))
    seconds = time.perf_counter() - first
    context.destroy(linger=0)
    sender.wait()
    return (count - 1) * FRAME / 1e6 / seconds


if __name__ == "__main__":
    send(int(sys.argv[1]))
