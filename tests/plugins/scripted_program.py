"""A program that speaks the protocol as badly as it is told to: the bridge must survive each of these. Run as a script, by Python 3.8 or later."""

import json
import os
import sys
import time


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(manner):
    if manner == "dies at once":
        sys.stderr.write("ImportError: no module named torch\n")
        return 3
    if manner == "too old":
        sys.stderr.write("Error: No such command 'serve'.\n")
        return 2
    if manner == "silent":
        time.sleep(600)
    if manner == "garbage":
        sys.stdout.write('Welcome to conda!\n\n[1, 2]\n{"a":\n' + "\x00\x01" * 100 + "\n" + "x" * 100_000 + "\n")
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\xff\xfe\xfd\n" + b"[" * 100_000 + b"\n")
        sys.stdout.buffer.flush()
    if manner == "endless line":
        while True:
            sys.stdout.buffer.write(b"y" * 1_000_000)
            sys.stdout.buffer.flush()
    say({"event": "hello", "protocol": 1})
    for line in sys.stdin:
        request = json.loads(line)
        number, method = request["id"], request["method"]
        if method == "hello":
            say(
                {
                    "id": number,
                    "result": {"protocol": {"older": 0, "newer": 99}.get(manner, 1), "version": "0.0.1", "pid": os.getpid()},
                }
            )
            if manner == "does not read":
                time.sleep(600)
        elif method == "ping":
            if manner != "hanging":
                say({"id": number, "result": {}})
        elif method == "shutdown":
            if manner == "stays":
                time.sleep(600)
            say({"id": number, "result": {}})
            return 0
        elif method == "slow":
            if manner == "hanging":
                time.sleep(600)
            for step in range(3):
                say({"id": number, "event": "progress", "step": step})
            if manner == "killed":
                os.kill(os.getpid(), 9)
            if manner == "leaves":
                return 5
            if manner == "holds the streams":
                # A child of its own that outlives it, and has its streams.
                if os.fork() == 0:
                    time.sleep(30)
                    os._exit(0)
                os._exit(5)
            say({"id": number, "result": {"done": True}})
        elif method == "late":
            time.sleep(0.3)
            say({"id": number, "result": {"done": True}})
        elif method == "wrong":
            say({"id": number, "error": {"kind": "input", "message": "No face.", "hint": "Give another."}})
        elif method == "nonsense":
            say({"id": number, "error": 7})
        elif method == "unreadable":
            say({"id": None, "error": {"kind": "protocol", "message": "The line is no JSON.", "hint": ""}})
        elif method == "takes a moment":
            time.sleep(0.3)
            say({"id": number, "result": {}})
        elif method == "forever":
            say({"id": number, "event": "progress", "step": 0})
        elif method == "environment":
            say({"id": number, "result": dict(os.environ)})
    return 0


sys.exit(main(sys.argv[1]))
